/** A link as a QR code: one path, dark on white in every theme, with the quiet zone that scanners need. */
import { useMemo } from 'react';
import { encode } from 'uqr';

const QUIET_MODULES = 4;
/** So many bytes fit with the medium error correction; an address with many own words needs the room that the low one leaves. */
const MEDIUM_BYTES_MAX = 2331;

/** @param text an address, so one byte a character */
const qrOf = (text: string) => encode(text, { ecc: text.length > MEDIUM_BYTES_MAX ? 'L' : 'M', border: QUIET_MODULES });

/** One rectangle per run of dark modules. */
export function qrPath(rows: readonly (readonly boolean[])[]): string {
  const runs: string[] = [];
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const start = x;
      while (row[x + 1]) x++;
      runs.push(`M${start} ${y}h${x + 1 - start}v1h${start - x - 1}z`);
    }
  });
  return runs.join('');
}

/** The code as a file of its own. */
export function qrSvg(text: string): string {
  const { data, size } = qrOf(text);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${qrPath(data)}"/></svg>\n`;
}

export interface QrCodeProps {
  readonly text: string;
  readonly label: string;
}

export function QrCode({ text, label }: QrCodeProps) {
  const { path, size } = useMemo(() => {
    const code = qrOf(text);
    return { path: qrPath(code.data), size: code.size };
  }, [text]);
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path d={`M0 0h${size}v${size}H0z`} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
