import { z } from 'zod';
import { scaling } from './calibration.ts';
import { positiveRecord } from './data.ts';
import { finding } from './findings.ts';
import { grouping } from './groups.ts';
import { operatingFigures } from './operating.ts';
import { smallerBatch } from './smallerBatch.ts';
import { operatingRule } from './runChoices.ts';
import { appliedScale } from './greyScale.ts';
import { precision } from './plan.ts';
import { preprocessing } from './preprocessing.ts';

/** Agreement of an exported file with the app on held-out images. */
export const parity = z.object({
  images: z.int(),
  /** Of a probability, over all images and classes. */
  largestDifference: z.number(),
  meanDifference: z.number(),
  /** Images whose predicted class is another one; null in exports of earlier versions, which did not count them. */
  changedDecisions: z.int().nullable(),
  runtime: z.string(),
});

/**
 * The same where the file resizes: an image in its own size goes in, and the application resizes it itself. On as many of
 * the held-out images as a minute allows.
 */
export const wholePath = parity.extend({
  /** Held-out images that there are. */
  of: z.int(),
});

/** Agreement of the network as it is now with the predictions that were stored when the run was tested. */
export const storedAgreement = z.object({
  /** Test images, or validation images where there are none. */
  images: z.int(),
  largestDifference: z.number(),
  /** At most this was accepted. */
  tolerance: z.number(),
  changedDecisions: z.int(),
});
export type StoredAgreement = z.infer<typeof storedAgreement>;

/** How long the exported network and the full one take on this machine, measured in turn in the same run. */
export const latency = z.object({
  runtime: z.string(),
  cpu: z.string(),
  threads: z.int(),
  /** Of which the median is taken. */
  runs: z.int(),
  rows: z.array(z.object({ network: z.enum(['exported', 'full']), batch: z.int(), milliseconds: z.number() })),
});
export type Latency = z.infer<typeof latency>;

const change = z.object({ before: z.number().nullable(), after: z.number().nullable() });

/** What fewer bits change on the test images: the app before, the exported file after. */
export const precisionEffect = z.object({
  /** Validation images before the test set of the run was opened. */
  on: z.enum(['validation', 'test']).default('test'),
  images: z.int(),
  auroc: change,
  accuracy: change,
  changedDecisions: z.int(),
});
export type PrecisionEffect = z.infer<typeof precisionEffect>;

/** The threshold that was kept with a run when it was exported, and what it does. */
export const carriedPoint = z.object({
  /** The class that is called from it on. */
  positive: z.string(),
  rule: operatingRule,
  /** On the probabilities that the exported file gives. */
  threshold: z.number(),
  keptAt: z.string(),
  /** It was kept after test figures of the run had been looked at. */
  afterTest: z.boolean(),
  /** On the images that it was chosen on. */
  validation: operatingFigures,
  /** Null: the test set was not opened, or there is none. */
  test: operatingFigures.nullable(),
});
export type CarriedPoint = z.infer<typeof carriedPoint>;

const size = z.object({ parameters: z.int(), macs: z.int() });

/** What is beside an export, for machines: that it computes the same, and of what it was made. No patient is in it. */
export const certificate = z.object({
  kind: z.literal('cutpoint-certificate'),
  version: z.literal(1),
  /** Of Cutpoint. */
  producer: z.string(),
  createdAt: z.string(),
  file: z.object({ name: z.string(), format: z.string(), bytes: z.int(), sha256: z.string() }),
  options: z.object({ precision: z.string(), foldBatchNorm: z.boolean(), anySize: z.boolean() }),
  model: z.object({
    run: z.string(),
    backbone: z.string(),
    /** Null: the whole backbone. */
    cut: z.string().nullable(),
    /** What was made of the backbone, in words. */
    network: z.string(),
    /** svm: of several classes, each output of the dense layer goes through log σ before the softmax. */
    classifier: z.enum(['softmax', 'svm']),
    /** sigmoid: an image may have several of the classes, each with a probability of its own. Missing: softmax, one class. */
    outputs: z.enum(['softmax', 'sigmoid']).optional(),
    classes: z.array(z.string()),
    /**
     * The epoch whose weights these are, and the validation figure by which it was the best: `AUPRC`. Absent with an SVM,
     * which is fitted after the last, and in certificates of earlier versions.
     */
    epoch: z.object({ number: z.int(), of: z.int(), by: z.string() }).optional(),
    /** What its convolutions were trained in; all that is certified was measured in float32. Missing: float32. */
    trainedIn: precision.optional(),
    /** Where it was trained with fewer images at a time than planned. */
    smallerBatches: z.array(smallerBatch).optional(),
    /** Of two classes, the one that sensitivity, specificity and AUPRC refer to; not in certificates of earlier versions. */
    positive: positiveRecord.nullable().optional(),
    /** Of the positive class, for two classes; null: see `operatingPoint`, and without one the most probable class. */
    threshold: z.number().nullable(),
    /** Null: none was kept; missing in certificates of earlier versions. */
    operatingPoint: carriedPoint.nullable().optional(),
    /** Of labels of which an image may have several; each other label is called from a probability of 0.5 on. */
    labelPoints: z.array(carriedPoint).optional(),
    input: z.object({ height: z.int(), width: z.int() }),
    fit: z.string(),
    /** How images with more than 8 bits and no window become levels; missing in certificates of earlier versions. */
    greyScale: appliedScale.optional(),
    preprocessing,
    /** The colours are averaged into one channel. */
    grey: z.boolean(),
    /** SHA-256 of the little-endian float32 values of all tensors, in the order of their keys. */
    weightsSha256: z.string(),
    ...size.shape,
  }),
  /**
   * How the network's own probabilities were changed, which is in the last layer of the file; null: they were not. Not in
   * certificates of earlier versions.
   */
  calibration: z
    .object({ scaling, fittedOn: z.object({ part: z.literal('validation'), images: z.int() }) })
    .nullable()
    .optional(),
  /** The backbone uncut with the same head. */
  full: size,
  /** Fingerprint of the dataset, and what was in it. */
  data: z.object({
    fingerprint: z.string(),
    /** The same over the part of each image and all that a person decided; not in certificates of earlier versions. */
    selectionFingerprint: z.string().optional(),
    /** What the groups are; not in certificates of earlier versions. */
    grouping: grouping.optional(),
    /** The same of the test images, where they are from a folder of their own. */
    testGrouping: grouping.optional(),
    /** What the audit found, without names of files; those that would have stopped training were accepted. */
    findings: z.array(finding).optional(),
    split: z.record(z.string(), z.object({ images: z.int(), groups: z.int() })),
    /** How the images were divided, in a sentence; not in certificates of earlier versions. */
    divided: z.string().optional(),
    /**
     * When test figures of the run were first asked for, and how often, its card included; null: never. Not in certificates
     * of earlier versions.
     */
    testOpened: z.object({ at: z.string(), times: z.int() }).nullable().optional(),
  }),
  /** Pretrained weights that training began with; null: random. */
  source: z
    .object({
      name: z.string(),
      sha256: z.string(),
      catalogue: z.string().nullable(),
      licence: z.string().nullable(),
      /** What they descend from, the earliest first, their own name at the end; left out: they were added from a file. */
      lineage: z.array(z.string()).optional(),
    })
    .nullable(),
  /** At most these are accepted; null for fewer bits, where the effect is measured instead. */
  tolerance: z.object({ largestDifference: z.number(), changedDecisions: z.int() }).nullable(),
  parity,
  /** Null: no prediction of these images was stored. */
  stored: storedAgreement.nullable().default(null),
  /** With resizing in the file: images of any size, resized there and in the app; null for other files. */
  wholePath: wholePath.nullable().default(null),
  /** Null for float32. */
  effect: precisionEffect.nullable(),
  /** Null: not measured. */
  latency: latency.nullable(),
  /** Of the text of the certificate itself (see `export/seal.ts`); absent in those of earlier versions. */
  contentSha256: z.string().optional(),
});
export type Certificate = z.infer<typeof certificate>;
