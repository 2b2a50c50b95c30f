/** Where a view's camera stands, said in a sentence. */
import { placeAim, type CameraPlace } from '../core/camera-place';
import type { ViewName } from '../state/page-defaults';
import { formatDeg, formatSignedDeg } from './format';
import { sentencesJoin } from './i18n/joined';
import type { Translate } from './i18n/translate';

export const viewLetter = (name: ViewName): 'A' | 'B' => (name === 'a' ? 'A' : 'B');

/** For places that are no secret. */
export function viewWords(t: Translate, name: ViewName, objectName: string, place: CameraPlace): string {
  const known = t('view.known', {
    letter: viewLetter(name),
    object: objectName,
    azimuth: formatDeg(place.azimuthDeg),
    elevation: formatDeg(place.elevationDeg),
    distance: place.distanceM.toFixed(2),
  });
  if (!place.look) return known;
  const { turnRightDeg, tiltUpDeg } = placeAim(place);
  const turned = t('view.turned', { turn: formatSignedDeg(turnRightDeg), tilt: formatSignedDeg(tiltUpDeg) });
  return sentencesJoin(t, [known, turned]);
}
