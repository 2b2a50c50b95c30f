import { describe, expect, it } from 'vitest';
import { poseFromOrbit } from '../core/camera-pose';
import { PAGE_FAMILY_IDS, pageOptions } from '../questions/page-families';
import { LANGUAGES } from '../state/language';
import { MESSAGES } from './i18n/messages';
import { translator } from './i18n/translate';
import { optionText } from './option-text';

const POSES = {
  a: poseFromOrbit({ azimuthDeg: 0, elevationDeg: 10, distanceM: 4 }, 36),
  b: poseFromOrbit({ azimuthDeg: 40, elevationDeg: 10, distanceM: 4 }, 36),
};

describe.each(LANGUAGES)('options in %s', (language) => {
  const t = translator(MESSAGES[language]);

  it.each(PAGE_FAMILY_IDS)('of %s have words of their own', (family) => {
    const texts = pageOptions(family, POSES, 'seed').map(({ key }) => optionText(t, family, key));
    expect(new Set(texts).size).toBe(texts.length);
    for (const { key } of pageOptions(family, POSES, 'seed')) expect(texts).not.toContain(key);
  });
});

it('leaves own words alone', () => {
  expect(optionText(translator(MESSAGES.en), 'free', 'Is the door visible?')).toBe('Is the door visible?');
});
