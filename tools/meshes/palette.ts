/** The one palette of all objects: a few soft colours on neutral paper, ink and metal. */
import type { MeshMaterial } from './kit.ts';

function material(name: string, color: string, roughness: number, metalness = 0): MeshMaterial {
  return { name, color, roughness, metalness };
}

export const CREAM = material('cream', '#f4ecdc', 0.5);
export const PAPER = material('paper', '#fbf8f1', 0.6);
export const INK = material('ink', '#2a2e35', 0.7);
export const RUBBER = material('rubber', '#24262a', 0.85);
export const GRAPHITE = material('graphite', '#4b5159', 0.55);
export const STONE = material('stone', '#b9b6ae', 0.8);
export const STEEL = material('steel', '#d3d7db', 0.28, 0.9);
export const BRASS = material('brass', '#d8ab5c', 0.32, 0.85);
export const GLASS = material('glass', '#2f4b5a', 0.08, 0.1);
export const SKY = material('sky', '#a9cfe0', 0.2);
export const TEAL = material('teal', '#2f9c92', 0.38);
export const TEAL_PAINT = material('teal-paint', '#43a89d', 0.24, 0.05);
export const CORAL = material('coral', '#e8664f', 0.42);
export const MUSTARD = material('mustard', '#edb548', 0.5);
export const NAVY = material('navy', '#2d4263', 0.45);
export const LEAF = material('leaf', '#6f9e62', 0.85);
export const OAK = material('oak', '#c99863', 0.55);
export const WALNUT = material('walnut', '#8a5a3c', 0.55);
export const TAIL_RED = material('tail-red', '#c6222f', 0.22);
export const AMBER = material('amber', '#f39a2d', 0.25);
export const LAMP = material('lamp', '#fdfaf0', 0.12);
export const NICKEL = material('nickel', '#dcdad3', 0.34, 0.75);
export const LENS_TINT = material('lens-tint', '#33395f', 0.06, 0.2);
export const GLOW = material('glow', '#8fe6ea', 0.3);
export const SAGE = material('sage', '#8fb39a', 0.3);
export const ROOF = material('roof', '#c4573f', 0.7);
export const BROWN = material('brown', '#6f4429', 0.7);
export const FUR = material('fur', '#a78767', 0.85);
export const BLUSH = material('blush', '#e9a9a0', 0.7);
export const DUCKLING = material('duckling', '#f6cb3c', 0.32);
export const LEATHER = material('leather', '#9a5b34', 0.6);
export const IRON = material('iron', '#33383d', 0.45, 0.4);
export const COPPER = material('copper', '#c9784c', 0.3, 0.85);
export const FOREST = material('forest', '#2f6b4c', 0.35);
export const PLUM = material('plum', '#6d4a7d', 0.5);
export const PORCELAIN = material('porcelain', '#f7f5ef', 0.18);
export const COBALT = material('cobalt', '#2c4f9e', 0.22);
