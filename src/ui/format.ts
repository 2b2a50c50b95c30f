/** Numbers as the page prints them: unit and sign always, the minus a real one. */

const MINUS = '−';

/** Rounds first, so that −0.04 is "0.0" and never "−0.0". */
function fixed(value: number, digits: number): { readonly text: string; readonly sign: -1 | 0 | 1 } {
  const rounded = Number(value.toFixed(digits));
  return { text: Math.abs(rounded).toFixed(digits), sign: rounded > 0 ? 1 : rounded < 0 ? -1 : 0 };
}

/** 16°, −38° */
export function formatDeg(deg: number, digits = 0): string {
  const { text, sign } = fixed(deg, digits);
  return `${sign < 0 ? MINUS : ''}${text}°`;
}

/** +69.0°, −64.0°, 0.0° */
export function formatSignedDeg(deg: number, digits = 1): string {
  const { text, sign } = fixed(deg, digits);
  return `${sign > 0 ? '+' : sign < 0 ? MINUS : ''}${text}°`;
}

/** +0.12, −1.30 */
export function formatSigned(value: number, digits = 2): string {
  const { text, sign } = fixed(value, digits);
  return `${sign > 0 ? '+' : sign < 0 ? MINUS : ''}${text}`;
}

/** ×1.04 */
export const formatRatio = (ratio: number): string => `×${ratio.toFixed(2)}`;

/** 58 % */
export const formatPercent = (share: number): string => `${Math.round(share * 100)}\u202f%`;

/** 12,345: English and Chinese group alike, whatever language the browser is in. */
export const formatCount = (count: number): string => count.toLocaleString('en');

/** Seconds with one digit, from milliseconds. */
export const formatSeconds = (durationMs: number): string => (durationMs / 1000).toFixed(1);

/** 45 MB (decimal) */
export const formatMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 9.95e6 ? 1 : 0)}\u202fMB`;
