/** The search for a look-alike of the pair on screen, once its truth may be known. */
import { useEffect, useState } from 'react';
import { askedOf, type PageFamilyId } from '../questions/page-families';
import type { Pair } from '../state/pair';
import type { LookAlikeSearch, LookAlikeView } from '../ui/look-alike-note';
import type { LookAlike } from './look-alikes';
import { useServices } from './services';

/** The model's own turn comes first. */
export const SEARCH_WAIT_MS = 350;

type Ended = Pick<LookAlike, 'pairKey' | 'question'> & { readonly result: LookAlikeView | 'none' | null };

/** @returns null while there is nothing to look for */
export function useLookAlike(pair: Pair | null, family: PageFamilyId): LookAlikeSearch | null {
  const { lookAlikes } = useServices();
  const [ended, setEnded] = useState<Ended | null>(null);
  const asked = askedOf(family);
  const question = asked === 'free' ? null : asked;
  useEffect(() => {
    if (!pair || !question) return;
    let isWanted = true;
    let urls: readonly string[] = [];
    const searched = { pairKey: pair.key, question };
    const timer = setTimeout(() => {
      lookAlikes
        .find(pair, question, () => isWanted)
        .then((found) => {
          if (!isWanted) return;
          if (!found || found === 'none') {
            setEnded({ ...searched, result: found });
            return;
          }
          const { what, otherKey, pictures } = found;
          const [bUrl, otherUrl] = [URL.createObjectURL(pictures.a), URL.createObjectURL(pictures.b)];
          urls = [bUrl, otherUrl];
          setEnded({ ...searched, result: { what, otherKey, bUrl, otherUrl } });
        })
        // Where nothing can be drawn, the page has said so already.
        .catch(() => isWanted && setEnded({ ...searched, result: null }));
    }, SEARCH_WAIT_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
      if (urls.length === 0) return;
      // The same pair may come back, and would be shown with pictures that are gone.
      setEnded(null);
      urls.forEach((url) => URL.revokeObjectURL(url));
    };
  }, [lookAlikes, pair, question]);
  if (!pair || !question) return null;
  return ended && ended.pairKey === pair.key && ended.question === question ? ended.result : 'searching';
}
