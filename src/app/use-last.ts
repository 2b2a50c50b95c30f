/** What was there before. */
import { useState } from 'react';

/** The value, or while there is none the last one that was. */
export function useLast<T extends object>(value: T | null): T | null {
  const [last, setLast] = useState(value);
  if (value !== null && value !== last) setLast(value);
  return value ?? last;
}
