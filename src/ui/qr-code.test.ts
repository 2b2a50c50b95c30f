import { describe, expect, it } from 'vitest';
import { OWN_WORDS_MAX } from '../state/own-words';
import { URL_DEFAULTS, urlWrite } from '../state/url-codec';
import { qrPath, qrSvg } from './qr-code';

const sideOf = (svg: string): number => Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);

describe('the QR code', () => {
  it('draws a row of dark modules as one rectangle', () => {
    expect(
      qrPath([
        [false, true, true],
        [true, false, true],
      ]),
    ).toBe('M1 0h2v1h-2zM0 1h1v1h-1zM2 1h1v1h-1z');
  });

  it('holds the longest link with own words, every character nine of the address', () => {
    const orbit = { azimuthDeg: -123.45678, elevationDeg: -12.34567, distanceM: 12.34567 };
    const place = { ...orbit, look: { azimuthDeg: -143.45678, elevationDeg: -22.34567 }, fovYDeg: 33.333 };
    const link = `https://a-rather-long-name-of-a-server.example.org/viewpoint-playground/?${urlWrite({
      ...URL_DEFAULTS,
      mode: 'explore',
      objectId: `generated:${'x'.repeat(40)}:1234567890`,
      isObjectPinned: true,
      seed: 123456,
      family: 'free',
      ownWords: '轮'.repeat(OWN_WORDS_MAX),
      level: 4,
      orbitA: place,
      orbitB: place,
      language: 'zh',
      theme: 'projector',
    })}`;
    expect(link.length).toBeGreaterThan(2331);
    expect(sideOf(qrSvg(link))).toBeGreaterThan(sideOf(qrSvg('https://example.org/')));
  });
});
