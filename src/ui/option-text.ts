/** The page's own words for an option, of any family. */
import { angleOfKey } from '../questions/broad-families';
import type { PageFamilyId } from '../questions/page-families';
import { formatDeg } from './format';
import type { MessageKey } from './i18n/en';
import { en } from './i18n/en';
import type { Translate } from './i18n/translate';

const isMessageKey = (key: string): key is MessageKey => key in en;

/** What was said in own words stays as it is. */
export function optionText(t: Translate, family: PageFamilyId, key: string): string {
  const angleDeg = family === 'magnitude' ? angleOfKey(key) : null;
  if (angleDeg !== null)
    return t(angleDeg > 0 ? 'truth.toRight' : 'truth.toLeft', { value: formatDeg(Math.abs(angleDeg)) });
  const message = `option.${family}.${key}`;
  return isMessageKey(message) ? t(message) : key;
}
