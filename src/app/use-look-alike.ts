/** The look-alike of the pair on screen, once its truth may be known. */
import { useEffect, useState } from 'react';
import { pairQuestionOf, type PageFamilyId } from '../questions/page-families';
import type { Pair } from '../state/pair';
import type { LookAlikeView } from '../ui/look-alike-note';
import type { LookAlike } from './look-alikes';
import { useServices } from './services';

/** The model's own turn comes first. */
const WAIT_MS = 350;

type Shown = LookAlikeView & Pick<LookAlike, 'pairKey' | 'question'>;

export function useLookAlike(pair: Pair | null, family: PageFamilyId): LookAlikeView | null {
  const { lookAlikes } = useServices();
  const [shown, setShown] = useState<Shown | null>(null);
  const question = pairQuestionOf(family);
  useEffect(() => {
    if (!pair || !question) return;
    let isWanted = true;
    let urls: readonly string[] = [];
    const timer = setTimeout(() => {
      lookAlikes
        .find(pair, question, () => isWanted)
        .then((found) => {
          if (!found || !isWanted) return;
          const { pictures, ...rest } = found;
          const [bUrl, otherUrl] = [URL.createObjectURL(pictures.a), URL.createObjectURL(pictures.b)];
          urls = [bUrl, otherUrl];
          setShown({ ...rest, bUrl, otherUrl });
        })
        // Where nothing can be drawn, the page has said so already.
        .catch(() => undefined);
    }, WAIT_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
      if (urls.length === 0) return;
      // The same pair may come back, and would be shown with pictures that are gone.
      setShown(null);
      urls.forEach((url) => URL.revokeObjectURL(url));
    };
  }, [lookAlikes, pair, question]);
  return shown && shown.pairKey === pair?.key && shown.question === question ? shown : null;
}
