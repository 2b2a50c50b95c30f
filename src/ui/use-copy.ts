/** Copies a text. What came of it is forgotten when the text changes: it no longer holds. */
import { useState } from 'react';

export type CopyOutcome = 'none' | 'copied' | 'refused';

/** @param onRefused the browser keeps its clipboard to itself */
export function useCopy(text: string, onRefused?: () => void): { readonly outcome: CopyOutcome; copy(): void } {
  const [last, setLast] = useState<{ readonly of: string; readonly outcome: CopyOutcome }>({
    of: text,
    outcome: 'none',
  });
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setLast({ of: text, outcome: 'copied' });
    } catch {
      onRefused?.();
      setLast({ of: text, outcome: 'refused' });
    }
  };
  return { outcome: last.of === text ? last.outcome : 'none', copy: () => void copy() };
}
