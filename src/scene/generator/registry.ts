/** All families of generated objects, and the ids `generated:<family>:<seed>` that name single objects. */
import type { Group } from 'three';
import { rngFromSeed } from '../../core/rng';
import type { ObjectFamily } from './family';
import { ABSTRACT_FAMILIES } from './families/abstract';
import { SHIP_FAMILIES } from './families/ships';
import { AIRCRAFT_FAMILIES } from './families/aircraft';
import { HOUSE_FAMILIES } from './families/houses';
import { STRUCTURE_FAMILIES } from './families/structures';
import { CREATURE_FAMILIES } from './families/creatures';
import { HAND_TOOL_FAMILIES } from './families/hand-tools';
import { MACHINE_FAMILIES } from './families/machines';
import { INSTRUMENT_FAMILIES } from './families/instruments';
import { FURNITURE_FAMILIES } from './families/furniture';
import { LAMP_FAMILIES } from './families/lamps';
import { WEARABLE_FAMILIES } from './families/wearables';
import { CHEST_AND_CLOCK_FAMILIES } from './families/chests-and-clocks';
import { HELDOUT_SMALL_THING_FAMILIES } from './families/heldout-small-things';
import { HELDOUT_SCENE_FAMILIES } from './families/heldout-scenes';
import { HELDOUT_VEHICLE_FAMILIES } from './families/heldout-vehicles';
import { VESSEL_FAMILIES } from './families/vessels';
import { FOOD_FAMILIES } from './families/food';
import { NATURE_FAMILIES } from './families/nature';
import { CAR_AND_TRUCK_FAMILIES } from './families/cars-and-trucks';
import { HEAVY_VEHICLE_FAMILIES } from './families/heavy-vehicles';
import { SEAT_FAMILIES } from './families/seats';

export const OBJECT_FAMILIES: readonly ObjectFamily[] = [
  ...ABSTRACT_FAMILIES,
  ...SHIP_FAMILIES,
  ...AIRCRAFT_FAMILIES,
  ...HOUSE_FAMILIES,
  ...STRUCTURE_FAMILIES,
  ...CREATURE_FAMILIES,
  ...HAND_TOOL_FAMILIES,
  ...MACHINE_FAMILIES,
  ...INSTRUMENT_FAMILIES,
  ...FURNITURE_FAMILIES,
  ...LAMP_FAMILIES,
  ...WEARABLE_FAMILIES,
  ...CHEST_AND_CLOCK_FAMILIES,
  ...HELDOUT_SMALL_THING_FAMILIES,
  ...HELDOUT_SCENE_FAMILIES,
  ...HELDOUT_VEHICLE_FAMILIES,
  ...VESSEL_FAMILIES,
  ...FOOD_FAMILIES,
  ...NATURE_FAMILIES,
  ...CAR_AND_TRUCK_FAMILIES,
  ...HEAVY_VEHICLE_FAMILIES,
  ...SEAT_FAMILIES,
];

const FAMILY_BY_ID: ReadonlyMap<string, ObjectFamily> = new Map(OBJECT_FAMILIES.map((family) => [family.id, family]));

/** The family with that id. Throws an Error that names the id if there is none. */
export function familyById(id: string): ObjectFamily {
  const family = FAMILY_BY_ID.get(id);
  if (!family) throw new Error(`Unknown object family "${id}"; known are ${[...FAMILY_BY_ID.keys()].join(', ')}`);
  return family;
}

/** Builds the object an id names. The seed is a non-negative integer in decimal; anything else throws an Error. */
export function objectFromId(id: string): Group {
  const match = /^generated:([a-z0-9-]+):(0|[1-9][0-9]*)$/.exec(id);
  const familyId = match?.[1];
  if (familyId === undefined) throw new Error(`Object id "${id}" is not of the form generated:<family>:<seed>`);
  // The whole id seeds the stream: the same seed in two families must not mean the same dice.
  const group = familyById(familyId).build(rngFromSeed(id));
  group.name = id;
  return group;
}

/**
 * `count` different object ids of one split, families in turn. Fewer ids of the same seed are a prefix of more, so a set
 * can grow without changing what it had.
 */
export function generatedObjectIds(split: ObjectFamily['split'], count: number, seed: number | string): string[] {
  const families = OBJECT_FAMILIES.filter((family) => family.split === split);
  if (families.length === 0) throw new Error(`No object family in split "${split}"`);
  const rng = rngFromSeed(`object-ids/${split}/${seed}`);
  const ids = new Set<string>();
  while (ids.size < count) {
    const family = families[ids.size % families.length];
    if (family) ids.add(`generated:${family.id}:${rng.int(4294967296)}`);
  }
  return [...ids];
}
