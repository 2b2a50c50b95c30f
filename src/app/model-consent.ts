/** Asks before a download that a person wished for, where it may cost something: on phones, metered and slow connections. */
import { useRef, useState } from 'react';
import type { DownloadSize } from './model-download-size';
import { downloadsAreAsked, isWorthAsking } from './model-start';

export interface DownloadConsent {
  /** What waits for an answer; `bytes` null: nobody tells how much it is. Null: nothing waits. */
  readonly question: { readonly bytes: number | null } | null;
  /** Carries `act` out at once where downloads are free or little is missing, else after a yes. */
  readonly guard: (sizeRead: () => Promise<DownloadSize | null>, act: () => void) => void;
  readonly accept: () => void;
  readonly decline: () => void;
}

export function useDownloadConsent(): DownloadConsent {
  const [question, setQuestion] = useState<DownloadConsent['question']>(null);
  const waiting = useRef<(() => void) | null>(null);

  const guarded = async (sizeRead: () => Promise<DownloadSize | null>, act: () => void): Promise<void> => {
    if (!downloadsAreAsked()) return act();
    waiting.current = act;
    const size = await sizeRead();
    // Another wish came meanwhile: only the last one counts.
    if (waiting.current !== act) return;
    if (isWorthAsking(size)) return setQuestion({ bytes: size?.missingBytes ?? null });
    waiting.current = null;
    act();
  };
  const answer = (isYes: boolean): void => {
    const act = waiting.current;
    waiting.current = null;
    setQuestion(null);
    if (isYes) act?.();
  };
  return {
    question,
    guard: (sizeRead, act) => void guarded(sizeRead, act),
    accept: () => answer(true),
    decline: () => answer(false),
  };
}
