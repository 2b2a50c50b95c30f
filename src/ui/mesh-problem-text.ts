/** Why a mesh was refused, in whole sentences: file, reason, what to do. */
import type { Language } from '../state/language';
import type { MeshProblem, MeshValue } from '../state/mesh-problem';
import { enMesh, type MeshMessageKey } from './i18n/en-mesh';
import { filled, type MessageParams } from './i18n/translate';
import { zhMesh } from './i18n/zh-mesh';

export const MESH_MESSAGES: Readonly<Record<Language, Readonly<Record<MeshMessageKey, string>>>> = {
  en: enMesh,
  zh: zhMesh,
};

const isKey = (text: string): text is MeshMessageKey => Object.hasOwn(enMesh, text);

export function meshProblemText(language: Language, { code, file, reason, values }: MeshProblem): string {
  const messages = MESH_MESSAGES[language];
  const say = (key: MeshMessageKey, params: MessageParams): string => filled(messages[key], params);
  const shown = (value: MeshValue): string | number =>
    typeof value === 'object' ? value.map((text) => say('quoted', { text })).join(messages['list.mark']) : value;
  // A reason from a newer version of the page is still better named than left out.
  if (!isKey(reason)) return reason;
  const params = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shown(value)]));
  const sentence = say(reason, { ...params, file });
  const frame = `frame.${code}`;
  const isWhole = messages[reason].includes('{file}') || !isKey(frame);
  return isWhole ? sentence : say(frame, { file, reason: sentence });
}
