import { z } from 'zod';
import { dataSelection } from './data.ts';
import { answered, asked } from './job.ts';
import { method } from './method.ts';
import { initialisation } from './plan.ts';

/**
 * A network with its weights, at some point of its life: a run before its first or after its best epoch, or a backbone that
 * was not trained here.
 */
export const networkState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), run: z.string().min(1), at: z.enum(['initial', 'best']).default('best') }),
  z.object({
    kind: z.literal('backbone'),
    backbone: z.string(),
    /** Name of a pretrained source, or null for random weights. */
    source: z.string().nullable().default(null),
    initialisation: initialisation.default('pretrained'),
    /** Of random weights. */
    seed: z.int().min(0).default(0),
  }),
]);
export type NetworkState = z.infer<typeof networkState>;

/**
 * What a convolutional map says of an image. `average`: its mean over space, one observation per image. `sample`: its
 * channels at positions drawn at random, the same places for all layers and networks; each is an observation.
 */
export const spatial = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('average') }),
  z.object({ kind: z.literal('sample'), positions: z.int().min(1).max(64) }),
]);
export type Spatial = z.infer<typeof spatial>;

export const similarityInput = z.object({
  a: networkState,
  b: networkState,
  /** `vertical`: each cut of one network with the same cut of the other. `matrix`: every cut with every cut. */
  pairs: z.enum(['vertical', 'matrix']).default('vertical'),
  /** Left out: all block ends; for `vertical` those that both networks have. */
  cuts: z.array(z.string()).min(1).optional(),
  /** `matrix`: cuts of the second network; left out: its block ends, or `cuts` where both are one network. */
  against: z.array(z.string()).min(1).optional(),
  /** Left out: the validation images of the first run that is named. */
  data: dataSelection.optional(),
  /** Largest number of images, drawn at random. */
  limit: z.int().min(3).max(10000).default(1000),
  spatial: spatial.prefault({ kind: 'average' }),
  /** Share of the variance that the SVD of SVCCA keeps. */
  share: z.number().gt(0).max(1).default(0.99),
  /** Draws of random features per pair, which are averaged. */
  draws: z.int().min(1).max(1000).default(10),
  /** Of images, positions and random features. */
  seed: z.int().min(0).default(0),
});
export type SimilarityInput = z.infer<typeof similarityInput>;

/** At most 100 values over the normalised index, evenly from the largest coefficient at 0 to the smallest at 1. */
const curve = z.array(z.number());

export const similarityPair = z.object({
  /** Cuts of the first and the second network. */
  a: z.string(),
  b: z.string(),
  /** Channels of the two, and of them the directions that hold the share of the variance. */
  features: z.tuple([z.int(), z.int()]),
  kept: z.tuple([z.int(), z.int()]),
  /** CCA coefficients: as many as the fewer directions. */
  coefficients: z.int(),
  /** Of them those that are 1 whatever the features, since both layers together keep more directions than there are observations. */
  forced: z.int(),
  curve,
  meanSvcca: z.number(),
  /** Linear CKA of all features. */
  cka: z.number(),
  /** Of independent random features with as many observations and directions, which is what coefficients depend on then. */
  random: z.object({
    curve,
    mean: z.number(),
    /** Least and greatest mean of a draw; left out in answers of earlier versions. */
    band: z.tuple([z.number(), z.number()]).optional(),
  }),
  /** Area between the two curves over the normalised index; near 0: no more alike than chance. */
  areaOverRandom: z.number(),
});
export type SimilarityPair = z.infer<typeof similarityPair>;

export const similarityReport = z.object({
  a: networkState,
  b: networkState,
  layout: z.enum(['vertical', 'matrix']),
  images: z.int(),
  /** Images, or images times sampled positions. */
  observations: z.int(),
  spatial,
  share: z.number(),
  draws: z.int(),
  seed: z.int(),
  /** In the order of the cuts; of a matrix row after row, rows being the cuts of the first network. */
  pairs: z.array(similarityPair),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
});
export type SimilarityReport = z.infer<typeof similarityReport>;

const moved = z.object({
  name: z.string(),
  /** Trained weights (kernels, biases, scales and shifts; no statistics). */
  parameters: z.int(),
  /** Length of the change by the length of the initial weights; null where those are all 0. */
  relativeDistance: z.number().nullable(),
  /** Between the weights before and after; null where either is all 0. */
  cosine: z.number().nullable(),
});

/** How far the weights of a run moved from where they started (Raghu et al. 2019, arXiv:1902.07208). */
export const movementReport = z.object({
  run: z.string(),
  epoch: z.int(),
  nodes: z.array(moved.extend({ block: z.string(), frozen: z.boolean() })),
  /** The head is a block of its own. */
  blocks: z.array(moved),
});
export type MovementReport = z.infer<typeof movementReport>;

export const similarityMethods = {
  /** SVCCA and linear CKA between layers of two networks, or of one, over the same images. */
  'similarity.compare': method({
    input: similarityInput.extend(asked),
    output: similarityReport.extend(answered),
    progress: z.object({ doing: z.enum(['reading', 'activations', 'comparing']), done: z.int(), total: z.int() }),
  }),
  /** Per layer and block, how far the weights of the best epoch lie from the initial ones. */
  'similarity.movement': method({
    input: z.object({ run: z.string().min(1), ...asked }),
    output: movementReport.extend(answered),
  }),
};
