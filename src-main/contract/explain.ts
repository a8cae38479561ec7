import { z } from 'zod';
import { bytes } from './bytes.ts';
import { fileProblem } from './data.ts';
import { grouping } from './groups.ts';
import { answered, asked } from './job.ts';
import { method } from './method.ts';

/** Class activation maps: Selvaraju et al. 2017, Chattopadhay et al. 2018, Jiang et al. 2021. */
export const explainMethod = z.enum(['grad-cam', 'grad-cam++', 'layer-cam']);
export type ExplainMethod = z.infer<typeof explainMethod>;

/** A file, or an image of the run's own validation or test images, counted from 0. */
export const explainedPicture = z.union([
  z.strictObject({ file: z.string().min(1) }),
  z.strictObject({ split: z.enum(['validation', 'test']), index: z.int().min(0) }),
]);
export type ExplainedPicture = z.infer<typeof explainedPicture>;

const target = {
  run: z.string().min(1),
  /** Left out: the class predicted. */
  class: z.string().optional(),
  /** A cut of the run's network, whose activations are weighted; left out: its last map. */
  cut: z.string().optional(),
  method: explainMethod.default('grad-cam'),
};

const note = z.object({ code: z.string(), message: z.string() });
const counts = z.object({ done: z.int(), total: z.int() });

/** Values at the resolution of the features, row after row; negative where the class is spoken against. */
export const rawMap = z.object({ height: z.int(), width: z.int(), values: z.array(z.number()) });

export const explanation = z.object({
  /** Position in the list of images asked for. */
  picture: z.int(),
  class: z.string(),
  predicted: z.string(),
  /** In the order of `classes`. */
  probabilities: z.array(z.number()),
  /**
   * Of the class explained; the gradient is of this number, not of the probability. Of an SVM: its calibrated decision
   * value of the class against the rest.
   */
  logit: z.number(),
  raw: rawMap,
  /** The map in the pixels of the image itself (DICOM: rows and columns as stored). */
  restored: z.object({
    width: z.int(),
    height: z.int(),
    /** PNG, grey with alpha: 0 to 255 is 0 to `largest`; transparent is what the network does not see. */
    png: bytes,
    /** Where asked for: little-endian float32, NaN for what the network does not see. */
    values: bytes.nullable(),
    largest: z.number(),
  }),
  /** The image itself as an 8-bit PNG, where asked for. */
  image: bytes.nullable(),
  /** Why the map is blank, where it is weakly founded, and what was found in reading the file. */
  notes: z.array(note),
});
export type Explanation = z.infer<typeof explanation>;

/** How much two maps agree; null where a map has one value only. See engine/explain/agreement.ts. */
const agreement = {
  spearman: z.number().nullable(),
  spearmanAbsolute: z.number().nullable(),
  pearson: z.number().nullable(),
  ssim: z.number(),
};

export const mapCheck = z.object({
  picture: z.int(),
  class: z.string(),
  /** From the head downwards, each with all before it random too; means over the draws. */
  cascade: z.array(z.object({ stage: z.string(), ...agreement, blank: z.int() })),
  /** Of the map with the maps of other seeds; null with fewer than two runs. */
  repeatability: z.object({ ...agreement, runs: z.array(z.string()), pairs: z.int() }).nullable(),
  /** What the figures mean, in a sentence each. */
  verdict: z.object({
    randomisation: z.enum(['passed', 'partly', 'failed', 'undefined']),
    repeatability: z.enum(['stable', 'partly', 'unstable', 'undefined']),
    sentences: z.array(z.string()),
  }),
  notes: z.array(note),
});
export type MapCheck = z.infer<typeof mapCheck>;

/** Where on the images the finding is: boxes or masks, named in a table. */
export const regions = z.object({
  /** Files of the table are relative to it. */
  folder: z.string().min(1),
  /** In the folder, or a path of its own. */
  csv: z.string().min(1),
  fileColumn: z.string().default('file'),
  /** Patient; left out: the DICOM PatientID, or each image its own. */
  groupColumn: z.string().optional(),
  column: z.discriminatedUnion('kind', [
    /** `xmin ymin xmax ymax` in the image's pixels from 0, both ends included; several boxes one after another. */
    z.object({ kind: z.literal('boxes'), name: z.string().min(1) }),
    /** Path of an image of equal size, relative to the folder; bright (above 127 of 255) is inside. */
    z.object({ kind: z.literal('masks'), name: z.string().min(1) }),
  ]),
});
export type Regions = z.infer<typeof regions>;

/** A share of images and the mean of the groups' shares, beside what a map without knowledge would reach. */
const rate = z.object({ images: z.number(), patients: z.number(), chance: z.number() });

export const localisation = z.object({
  class: z.string().nullable(),
  cut: z.string(),
  method: explainMethod,
  images: z.int(),
  /** What the groups are that `patients` counts: of images that nothing groups, each counts on its own. */
  grouping,
  patients: z.int(),
  /** Images whose group the table or the DICOM header tells. */
  patientKnown: z.int(),
  /** Images without a finding in the table, and with a blank map (these count as missed). */
  withoutRegion: z.int(),
  blank: z.int(),
  /** The map's peak lies within the finding, or no farther from it than `tolerance` (Zhang et al. 2016). */
  pointing: rate.extend({ tolerance: z.number() }),
  /** The same without any tolerance. */
  pointingStrict: rate,
  /** Overlap of the finding with the map above `threshold` of its largest value. */
  iou: rate.extend({ threshold: z.number() }),
  perImage: z.array(
    z.object({
      file: z.string(),
      class: z.string(),
      /** Of the finding in the image, [0, 1]. */
      area: z.number(),
      peak: z.object({ x: z.int(), y: z.int() }).nullable(),
      hit: z.boolean(),
      strictHit: z.boolean(),
      iou: z.number(),
      region: z.object({
        /** `xmin ymin xmax ymax` in the image's pixels from 0, both ends included. */
        boxes: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
        /** File of an image of equal size, relative to the folder; above 127 of 255 is inside. */
        mask: z.string().nullable(),
      }),
    }),
  ),
  problems: z.array(fileProblem),
});
export type Localisation = z.infer<typeof localisation>;

/** Kinds of filters as in Fok's figure 4 by measured statistics, see engine/explain/filters/kinds.ts. */
export const filterKind = z.enum(['directional', 'colour', 'noise', 'complex']);
export type FilterKind = z.infer<typeof filterKind>;

export const filterStatistics = z.object({
  /** Orientation coherence of the structure tensor, [0, 1]. */
  coherence: z.number(),
  /** Share of the chroma in the energy of the image, [0, 1]. */
  chroma: z.number(),
  /** Spectral flatness of the luminance, [0, 1]. */
  flatness: z.number(),
  /** Spectral entropy of the luminance, [0, 1]. */
  entropy: z.number(),
  /** Peaks in the histogram of the gradient's orientations. */
  orientations: z.int(),
});
export type FilterStatistics = z.infer<typeof filterStatistics>;

export const filterLayer = z.object({
  cut: z.string(),
  /** Of the layer; `filters` may be fewer. */
  channels: z.int(),
  filters: z.array(
    z.object({
      channel: z.int(),
      /** Mean activation of the channel on the image found. */
      activation: z.number(),
      /** Null: no image was found to which the channel responds. */
      kind: filterKind.nullable(),
      statistics: filterStatistics,
      /** PNG, size × size. */
      png: bytes,
    }),
  ),
  counts: z.record(filterKind, z.int()),
  silent: z.int(),
});
export type FilterLayer = z.infer<typeof filterLayer>;

export const explainMethods = {
  /** Class activation maps; an image that cannot be read does not stop the others. */
  'explain.map': method({
    input: z.object({
      ...target,
      pictures: z.array(explainedPicture).min(1),
      /** Also the restored map as numbers, and the image itself. */
      values: z.boolean().default(false),
      image: z.boolean().default(false),
      ...asked,
    }),
    output: z.object({
      classes: z.array(z.string()),
      cut: z.string(),
      method: explainMethod,
      /** Side of the square that the network sees, and how images are brought into it. */
      input: z.int(),
      fit: z.string(),
      maps: z.array(explanation),
      problems: z.array(z.object({ picture: z.int(), ...note.shape })),
      ...answered,
    }),
    /** Each map as soon as it is there. */
    progress: counts.extend({ map: explanation.optional() }),
  }),
  /** Whether maps depend on what was learnt, and whether other seeds give the same (Adebayo et al. 2018). */
  'explain.check': method({
    input: z.object({
      ...target,
      pictures: z.array(explainedPicture).min(1),
      /** Random networks to average over. */
      draws: z.int().min(1).max(20).default(3),
      seed: z.int().min(0).default(0),
      /** Runs to compare with; left out: all finished runs of the same plan but for the seed. */
      runs: z.array(z.string()).optional(),
      ...asked,
    }),
    output: z.object({
      cut: z.string(),
      method: explainMethod,
      checks: z.array(mapCheck),
      problems: z.array(z.object({ picture: z.int(), ...note.shape })),
      ...answered,
    }),
    progress: counts,
  }),
  /** Whether maps lie where the finding is. */
  'explain.localise': method({
    input: z.object({
      ...target,
      regions,
      /** Share of the largest value above which the map counts as marking, as in Zhou et al. 2016. */
      threshold: z.number().gt(0).lt(1).default(0.2),
      /** Of the pointing game, as a share of the image's longer side: 15 pixels of 224. */
      tolerance: z
        .number()
        .min(0)
        .max(0.5)
        .default(15 / 224),
      ...asked,
    }),
    output: localisation.extend(answered),
    progress: counts,
  }),
  /** Images to which single channels respond most, by gradient ascent on the input. */
  'explain.filters': method({
    input: z.object({
      of: z.union([z.strictObject({ run: z.string().min(1) }), z.strictObject({ source: z.string().min(1) })]),
      /** Left out: the last. */
      cuts: z.array(z.string()).min(1).optional(),
      /** These channels, or as many as that, evenly spread. */
      channels: z.union([z.int().min(1), z.array(z.int().min(0)).min(1)]).default(16),
      /** Side of the images, in pixels; left out: 96, or the least that the network takes. */
      size: z.int().min(16).max(512).default(96),
      steps: z.int().min(1).max(1000).default(64),
      seed: z.int().min(0).default(0),
      ...asked,
    }),
    output: z.object({ layers: z.array(filterLayer), ...answered }),
    progress: counts,
  }),
};
