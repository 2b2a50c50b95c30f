/** The page's objects and the person's own: the list with names, and each object loaded once. */
import type { NormalizedObject } from '../scene/normalized-object';
import type { Language } from '../state/language';
import { DEFAULT_OBJECT_ID } from '../state/page-defaults';
import { isOwnObjectId } from '../state/own-object-id';
import type { ObjectChoice, ObjectCredit, ObjectGroup } from '../ui/object-choice';
import type { OwnObject, OwnObjects } from './own-objects';

export interface ListedObject {
  readonly id: string;
  readonly name: Readonly<Record<Language, string>>;
  readonly group: ObjectGroup;
  readonly thumbnailUrl: string | null;
  readonly credit: ObjectCredit | null;
}

/** What the page begins with stands there before the list has come, so that no name and no picture pops in. */
export const firstListed = (meshesUrl: string): readonly ListedObject[] => [
  {
    id: DEFAULT_OBJECT_ID,
    name: { en: 'car', zh: '小汽车' },
    group: 'things',
    thumbnailUrl: `${meshesUrl}${DEFAULT_OBJECT_ID}/thumbnail.webp`,
    credit: null,
  },
];

export interface ObjectLibrary {
  /** The page's own. Empty when the list cannot be read: objects still load by id. */
  list(): Promise<readonly ListedObject[]>;
  /** @throws Error that names the object */
  load(id: string): Promise<NormalizedObject>;
  /** An object that was loaded before. */
  loaded(id: string): NormalizedObject | null;
}

interface IndexEntry {
  readonly id?: unknown;
  readonly name?: { readonly en?: unknown; readonly zh?: unknown };
  readonly group?: unknown;
  readonly thumbnail?: unknown;
  readonly author?: unknown;
  readonly license?: unknown;
  readonly source?: unknown;
}

interface IndexFile {
  readonly meshes?: readonly IndexEntry[];
  readonly ambiguous?: readonly IndexEntry[];
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Half a credit would be a wrong one. */
const creditOf = ({ author, license, source }: IndexEntry): ObjectCredit | null =>
  isText(author) && isText(license) && isText(source) ? { author, license, source } : null;

export function objectsFromIndex({ meshes = [], ambiguous = [] }: IndexFile, meshesUrl: string): ListedObject[] {
  const listed = (entry: IndexEntry): ListedObject[] => {
    const { id, name, group, thumbnail } = entry;
    if (typeof id !== 'string') return [];
    const en = typeof name?.en === 'string' ? name.en : id;
    return [
      {
        id,
        name: { en, zh: typeof name?.zh === 'string' ? name.zh : en },
        group: group === 'figures' ? group : 'things',
        thumbnailUrl: typeof thumbnail === 'string' ? meshesUrl + thumbnail : null,
        credit: creditOf(entry),
      },
    ];
  };
  return [
    ...meshes.flatMap(listed),
    ...ambiguous.flatMap(listed).map((object) => ({ ...object, group: 'ambiguous' as const })),
  ];
}

/** Whether chance may pick it: objects that look the same from several sides are shown on purpose only. */
export const isDealt = ({ group }: ListedObject): boolean => group !== 'ambiguous';

/** What the picker shows, in one language. */
export const objectChoices = (
  listed: readonly ListedObject[],
  own: readonly OwnObject[],
  language: Language,
): readonly ObjectChoice[] => [
  ...own.map((object): ObjectChoice => ({ ...object, keywords: '', group: 'own', credit: null })),
  ...listed.map(({ id, name, group, thumbnailUrl, credit }): ObjectChoice => ({
    ...{ id, group, thumbnailUrl, credit, kept: null },
    name: name[language],
    keywords: `${id} ${Object.values(name).join(' ')}`,
  })),
];

export function objectLibraryCreate(meshesUrl: string, own: OwnObjects): ObjectLibrary {
  const loads = new Map<string, Promise<NormalizedObject>>();
  const objects = new Map<string, NormalizedObject>();
  return {
    list: async () => {
      try {
        const response = await fetch(`${meshesUrl}index.json`);
        return response.ok ? objectsFromIndex((await response.json()) as IndexFile, meshesUrl) : [];
      } catch {
        return [];
      }
    },
    load: (id) => {
      if (isOwnObjectId(id)) return own.load(id);
      const known = loads.get(id);
      if (known) return known;
      // three.js comes after the page's shell.
      const load = import('../scene/object-loader')
        .then(({ objectLoad }) => objectLoad(id, meshesUrl))
        .then((object) => {
          objects.set(id, object);
          return object;
        });
      loads.set(id, load);
      // A failure may be temporary: the next attempt starts afresh.
      load.catch(() => loads.delete(id));
      return load;
    },
    loaded: (id) => objects.get(id) ?? own.loaded(id),
  };
}
