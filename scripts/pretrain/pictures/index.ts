import { generator } from '../../../src-main/engine/random.ts';
import { cellFormula } from './cells.ts';
import { colourise, drawPalette, type Palette } from './colour.ts';
import { contourFormula } from './contours.ts';
import { fractalFormula } from './fractals.ts';
import { drawFrame, type Frame, type Plane, type Random } from './frame.ts';
import { gratingFormula } from './gratings.ts';
import { leafFormula } from './leaves.ts';
import { noiseFormula } from './noise.ts';

/** A formula with all its numbers fixed: what the pictures of one category have in common. */
export interface Category {
  name: string;
  palette: Palette;
  /** Nearest and farthest look at the formula. */
  zoom: readonly [number, number];
  draw(frame: Frame, random: Random): Plane;
}

const FAMILIES: {
  name: string;
  categories: number;
  zoom: readonly [number, number];
  formula: (random: Random) => (frame: Frame, random: Random) => Plane;
}[] = [
  { name: 'fractal', categories: 40, zoom: [0.8, 1.3], formula: fractalFormula },
  { name: 'contour', categories: 30, zoom: [0.7, 1.5], formula: contourFormula },
  { name: 'grating', categories: 32, zoom: [0.7, 1.4], formula: gratingFormula },
  { name: 'noise', categories: 32, zoom: [0.7, 1.4], formula: noiseFormula },
  { name: 'cells', categories: 32, zoom: [0.7, 1.4], formula: cellFormula },
  { name: 'leaves', categories: 26, zoom: [0.7, 1.4], formula: leafFormula },
];

/** All categories of formula pictures; equal seeds give equal categories. */
export function drawCategories(seed: number): Category[] {
  return FAMILIES.flatMap(({ name, categories, zoom, formula }) =>
    Array.from({ length: categories }, (_, index) => {
      const random = generator(seed, 'category', name, index);
      return { name: `${name}-${index}`, palette: drawPalette(random), zoom, draw: formula(random) };
    }),
  );
}

/** Draws one picture of a category: size × size × 3 bytes from `offset` on. */
export function drawPicture(
  { draw, palette, zoom }: Category,
  random: Random,
  { size, into, offset }: { size: number; into: Uint8Array; offset: number },
): void {
  const plane = draw(drawFrame(size, random, zoom), random);
  colourise(plane, palette, random, into, offset);
}
