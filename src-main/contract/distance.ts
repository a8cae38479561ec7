import { z } from 'zod';
import { bytes } from './bytes.ts';
import { dataSelection } from './data.ts';
import { finding } from './findings.ts';
import { answered, asked } from './job.ts';
import { method } from './method.ts';
import { trainingPlan } from './plan.ts';
import { networkState } from './similarity.ts';
import { EXPERT_FEATURES } from './expertFeatures.ts';

const [, backboneState] = networkState.options;
const share = z.number().gt(0).max(1);

/**
 * `perImage`: the Fisher information as it is defined, from the gradient of each image. `batch`: the square of the mean
 * gradient of a batch, as the code of Task2Vec's authors has it, which depends on the size of the batch.
 */
export const fisherMode = z.enum(['perImage', 'batch']);
export type FisherMode = z.infer<typeof fisherMode>;

/** Whole sets are embedded at once. */
const subsets = z.object({
  /** As many embeddings; the paper of van den Brandt et al. has 100 of 1 %. */
  count: z.int().min(2).max(1000),
  share: share.default(0.01),
});

/** What an embedding depends on beside the images: those of two data sets are compared only where it is the same. */
const embeddingSettings = z.object({
  /** The probe network. */
  network: backboneState,
  input: trainingPlan.shape.input,
  fit: trainingPlan.shape.fit,
  channels: trainingPlan.shape.channels,
  mode: fisherMode.default('perImage'),
  /** Of `batch`: images whose gradients are averaged before they are squared; the authors' code has 64. */
  batch: z.int().min(1).max(1024).default(64),
  /** Labels drawn for each image from what the network predicts of it. */
  draws: z.int().min(1).max(1000).default(1),
  /** Left out: one embedding of all images. */
  subsets: subsets.optional(),
});

export const embeddingInput = embeddingSettings.extend({
  data: dataSelection,
  /** Largest number of images, whole groups drawn at random, stratified by class. */
  limit: z.int().min(10).max(100_000).default(1000),
  accept: trainingPlan.shape.accept,
  /** Of the images drawn, the subsets, the head and the labels. */
  seed: z.int().min(0).default(0),
  engine: trainingPlan.shape.engine,
});
export type EmbeddingInput = z.infer<typeof embeddingInput>;

export const dataEmbedding = z.object({
  settings: embeddingSettings,
  /** Of the settings and of the weights of the probe network: equal ones can be compared. */
  fingerprint: z.string(),
  /** What the data set is called: the last part of its folder. */
  name: z.string(),
  classes: z.array(z.object({ name: z.string(), images: z.int() })),
  images: z.int(),
  /** Images beyond the limit. */
  leftOut: z.int(),
  /** Images of each subset; null: there are none. */
  subsetSize: z.int().nullable(),
  /** Filters of the network, each with its Fisher information. */
  filters: z.int(),
  /** One for all images, or one for each subset: `filters` numbers of 32 bits each, little-endian. */
  embeddings: z.array(bytes).min(1),
  /** Share of the images that the heads put into their class; a mean over subsets. */
  fitted: z.number(),
  /** The first 16 hexadecimal digits of the SHA-256 of every file of the data set, ascending: what two sets share is found by them. */
  digests: z.array(z.string()),
  seconds: z.number(),
  warnings: z.array(finding),
});
export type DataEmbedding = z.infer<typeof dataEmbedding>;

/** Where an embedding is: an answer that was kept, or a file that `cutpoint task2vec` wrote. */
export const embeddingPlace = z.union([
  z.object({ job: z.string().min(1), name: z.string().optional() }),
  z.object({ file: z.string().min(1), name: z.string().optional() }),
]);

/** Between two data sets, or of one with itself; what a row of `source,target,distance` says. */
export const dataDistance = z.object({
  source: z.string(),
  target: z.string(),
  /** Mean over the pairs of embeddings. */
  distance: z.number(),
  asymmetric: z.number(),
  /** Standard deviation over the pairs; null of one. */
  deviation: z.number().nullable(),
  pairs: z.int(),
});
export type DataDistance = z.infer<typeof dataDistance>;

/** Images that two data sets have in common. */
export const sharedImages = z.object({ a: z.string(), b: z.string(), images: z.int() });

export const distanceReport = z.object({
  settings: embeddingSettings,
  sets: z.array(
    z.object({
      name: z.string(),
      images: z.int(),
      classes: z.int(),
      /** How far its task is from the trivial one. */
      trivial: z.number(),
    }),
  ),
  alpha: z.number(),
  /** Row after row: every source with every target, itself too. */
  distances: z.array(dataDistance),
  shared: z.array(sharedImages),
});
export type DistanceReport = z.infer<typeof distanceReport>;

/** One observer's answers on one data set; '': no answer. */
const answers = z.object(
  Object.fromEntries(EXPERT_FEATURES.map((name) => [name, z.string().max(200)])) as Record<
    (typeof EXPERT_FEATURES)[number],
    z.ZodString
  >,
);
export const expertRow = answers.extend({ dataset: z.string().trim().min(1).max(200), observer: z.string().max(200) });
export type ExpertRow = z.infer<typeof expertRow>;

const vote = z.object({
  /** Of most observers; null: nobody answered, or the first place is shared. */
  value: z.string().nullable(),
  /** The answers that share the first place, where several do. */
  tied: z.array(z.string()),
  /** Observers who gave an answer, and those of them who gave the value. */
  answers: z.int(),
  agree: z.int(),
});

export const expertReport = z.object({
  rows: z.array(expertRow),
  sets: z.array(
    z.object({
      name: z.string(),
      observers: z.int(),
      votes: z.record(z.enum(EXPERT_FEATURES), vote),
    }),
  ),
  distances: z.array(
    z.object({
      source: z.string(),
      target: z.string(),
      /** Share of the compared features that differ; null: none could be compared. */
      distance: z.number().nullable(),
      /** Features for which both sets have a vote. */
      compared: z.int(),
    }),
  ),
});
export type ExpertReport = z.infer<typeof expertReport>;

export const measureInput = z.object({
  data: dataSelection,
  /** Whose features diversity is measured by, at its end. */
  network: backboneState,
  input: trainingPlan.shape.input,
  limit: z.int().min(10).max(10_000).default(1000),
  seed: z.int().min(0).default(0),
  engine: trainingPlan.shape.engine,
});

export const dataMeasures = z.object({
  name: z.string(),
  /** Of the whole data set. */
  images: z.int(),
  classes: z.int(),
  /** Share of the images that have colour. */
  colour: z.number(),
  /** Medians, in pixels. */
  width: z.number(),
  height: z.number(),
  /** Images that were decoded for what follows. */
  looked: z.int(),
  /** Shannon entropy of the 256 grey values of an image, in bits: 0 to 8; mean and standard deviation over images. */
  entropy: z.object({ mean: z.number(), deviation: z.number() }),
  /** By the features of the network's end, averaged over the image and brought to length 1. */
  diversity: z.object({
    /** Mean cosine distance of two images: 0, all are alike, to about 1. */
    pairwise: z.number(),
    /** Clusters of k-means with the largest mean silhouette (Rousseeuw 1987), 2 to 10. */
    clusters: z.int(),
    silhouette: z.number(),
    /** Effective number of those clusters: e to the entropy of their shares. */
    effective: z.number(),
    /** Mean cosine distance of an image from the middle of its cluster. */
    within: z.number(),
  }),
});
export type DataMeasures = z.infer<typeof dataMeasures>;

const counted = { done: z.int(), total: z.int() };

export const distanceMethods = {
  /** Task2Vec of a data set. */
  'distance.embed': method({
    input: embeddingInput.extend(asked),
    output: dataEmbedding.extend(answered),
    progress: z.object({ doing: z.enum(['reading', 'pass', 'head', 'fisher']), ...counted }),
  }),
  /** Distances between data sets by their embeddings. */
  'distance.compare': method({
    input: z.object({
      of: z.array(embeddingPlace).min(2).max(100),
      /** Of subsets: pairs of embeddings, drawn at random; the paper of van den Brandt et al. has 5. */
      pairs: z.int().min(1).max(1000).default(5),
      alpha: z.number().min(0).max(1).default(0.15),
      seed: z.int().min(0).default(0),
    }),
    output: distanceReport,
  }),
  /** What can be measured of the images of a data set, beside what experts answer. */
  'distance.measure': method({
    input: measureInput.extend(asked),
    output: dataMeasures.extend(answered),
    progress: z.object({ doing: z.enum(['reading', 'pass', 'clustering']), ...counted }),
  }),
  /** Votes of observers on data sets, from a table or as they were typed, and the distances by them. */
  'distance.experts': method({
    input: z.union([z.object({ csv: z.string().min(1) }), z.object({ rows: z.array(expertRow).min(1).max(10_000) })]),
    output: expertReport,
  }),
};
