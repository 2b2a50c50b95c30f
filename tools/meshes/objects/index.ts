/** All objects, in display order. */
import type { ObjectRecipe } from '../object-recipe.ts';
import { AEROPLANE } from './aeroplane.ts';
import { ALARM_CLOCK } from './alarm-clock.ts';
import { BLOCK_FIGURES } from './block-figures.ts';
import { CAMERA } from './camera.ts';
import { CAR } from './car.ts';
import { CHAIR } from './chair.ts';
import { DESK_LAMP } from './desk-lamp.ts';
import { DOG } from './dog.ts';
import { DUCK } from './duck.ts';
import { GRAMOPHONE } from './gramophone.ts';
import { HOUSE } from './house.ts';
import { LETTER_F } from './letter-f.ts';
import { MUG } from './mug.ts';
import { RABBIT } from './rabbit.ts';
import { ROBOT } from './robot.ts';
import { SAILING_BOAT } from './sailing-boat.ts';
import { SHOE } from './shoe.ts';
import { SQUARE_TABLE } from './square-table.ts';
import { STEAM_TRAIN } from './steam-train.ts';
import { SUZANNE } from './suzanne.ts';
import { TEAPOT } from './teapot.ts';
import { TELEVISION } from './television.ts';
import { TYPEWRITER } from './typewriter.ts';
import { VASE } from './vase.ts';

export const RECIPES: readonly ObjectRecipe[] = [
  CAR,
  MUG,
  CHAIR,
  CAMERA,
  ROBOT,
  HOUSE,
  SAILING_BOAT,
  TEAPOT,
  AEROPLANE,
  DOG,
  STEAM_TRAIN,
  DESK_LAMP,
  SHOE,
  TYPEWRITER,
  RABBIT,
  GRAMOPHONE,
  ALARM_CLOCK,
  TELEVISION,
  DUCK,
  SUZANNE,
  LETTER_F,
  ...BLOCK_FIGURES,
  VASE,
  SQUARE_TABLE,
];
