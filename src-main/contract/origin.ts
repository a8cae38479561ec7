import { z } from 'zod';
import { grouping } from './groups.ts';
import { splitCounts } from './evaluation.ts';

/** Of what the images of a source are; `unknown`: nobody said. */
export const nature = z.enum(['medical', 'natural', 'unknown']);
export type Nature = z.infer<typeof nature>;

/** A figure with its interval, where one was computed; null where the images do not define it. */
const figure = z.object({ value: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() });

/** How well the network that a source was taken from told its own classes apart. */
export const originFigures = z.object({
  images: z.int(),
  groups: z.int(),
  accuracy: figure,
  /** Several classes: the mean of one against the rest; of labels of which an image may have several, their mean. */
  auroc: figure,
});
export type OriginFigures = z.infer<typeof originFigures>;

/** Weights that others were trained from, by the name that they had then. */
export const ancestor = z.object({
  name: z.string(),
  sha256: z.string(),
  /** The entry of the catalogue that they are; null: none. */
  catalogue: z.string().nullable(),
  /** Null: they were added from a file, and what they were trained on is not known here. */
  nature: nature.nullable(),
});
export type Ancestor = z.infer<typeof ancestor>;

/** How a source was trained here. Names no file, folder or patient. */
export const sourceOrigin = z.object({
  run: z.string(),
  nature,
  /** What training began with, the earliest first; empty: random weights. */
  parents: z.array(ancestor),
  data: z.object({
    fingerprint: z.string(),
    /** An image may have several of the classes; left out: it has one. */
    several: z.literal(true).optional(),
    images: z.int(),
    grouping,
    /** Images of each class that the weights were trained on, and that the epoch was chosen on. */
    classes: z.array(z.object({ name: z.string(), train: z.int(), validation: z.int() })),
    split: z.object({ train: splitCounts, validation: splitCounts, test: splitCounts }),
    /** How many of the images have no colour; null where the audit did not say. */
    grey: z.int().nullable(),
  }),
  /** Images whose digests are kept: those that these weights, or the ones before them, were trained or chosen on. */
  seen: z.object({ images: z.int(), crc32: z.int() }),
  /** In words, by their names in the plan. */
  settings: z.array(z.object({ name: z.string(), value: z.string() })),
  epochs: z.object({ best: z.int(), done: z.int(), by: z.string() }),
  validation: originFigures,
  /** Null where there are none, or nobody asked for them. */
  test: originFigures.nullable(),
  /** There are test figures, and nobody asked for them: the run's test set stays sealed. */
  testSealed: z.boolean(),
});
export type SourceOrigin = z.infer<typeof sourceOrigin>;

/** What a run is to become, once it is completed, and why it did not, where it was tried. */
export const sourceWish = z.object({
  name: z.string(),
  nature,
  failure: z.object({ code: z.string(), message: z.string(), remedy: z.string().optional() }).nullable(),
});
export type SourceWish = z.infer<typeof sourceWish>;

/** Of weights that began at random: the first link of a lineage. */
export const RANDOM_WEIGHTS = 'random weights';

/** No weights from a file are at the beginning of its chain. */
export const beganAtRandom = ({ parents: [first] }: SourceOrigin): boolean => first?.nature !== null;

/** What weights descend from, the earliest first, with their own name at the end: `random weights`, `textures`, `blood`. */
export function lineageOf({ name, origin }: { name: string; origin: SourceOrigin | null }): string[] {
  if (origin === null) return [name];
  return [...(beganAtRandom(origin) ? [RANDOM_WEIGHTS] : []), ...origin.parents.map((each) => each.name), name];
}

/** `random weights → textures → blood`. */
export const asLineage = (names: readonly string[]): string => names.join(' → ');
