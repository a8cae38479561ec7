import { z } from 'zod';
import { scaling } from './calibration.ts';
import { latency, parity, precisionEffect, storedAgreement, wholePath } from './certificate.ts';
import { decision } from './decision.ts';
import { answered, asked } from './job.ts';
import { method } from './method.ts';

/**
 * `keras`: an archive that `keras.models.load_model` opens; `keras-h5`: network and weights in the older HDF5 layout, for
 * `load_model` or `load_weights`; `safetensors`: weights alone.
 */
export const exportFormat = z.enum(['onnx', 'tfjs', 'keras', 'keras-h5', 'safetensors']);
export type ExportFormat = z.infer<typeof exportFormat>;

/** What a file of each format ends in; a TensorFlow.js model is a folder. */
export const EXPORT_EXTENSIONS: Readonly<Record<ExportFormat, string>> = {
  onnx: '.onnx',
  tfjs: '',
  keras: '.keras',
  'keras-h5': '.h5',
  safetensors: '.safetensors',
};

/** int8: weights and activations, static, calibrated on training images; float16: weights and arithmetic. */
export const exportPrecision = z.enum(['float32', 'float16', 'int8']);
export type ExportPrecision = z.infer<typeof exportPrecision>;

/** Variants of an ONNX file; the other formats take the defaults only. */
export const exportOptions = z.object({
  precision: exportPrecision.default('float32'),
  /** Batch normalisation merged into the convolution before it. */
  foldBatchNorm: z.boolean().default(false),
  /** Resizing and letterboxing in the graph: it takes images of any size, one at a time. */
  anySize: z.boolean().default(false),
});
export type ExportOptions = z.infer<typeof exportOptions>;

export const exportRecord = z.object({
  run: z.string(),
  format: exportFormat,
  path: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  createdAt: z.string(),
  /** Of the network alone, and of a file that resizes from an image's own pixels to the probability. */
  parity: parity.extend({ wholePath: wholePath.nullable().default(null) }),
  /** Null: no prediction was stored, or the export is of an earlier version. */
  stored: storedAgreement.nullable(),
  options: exportOptions,
  /** Paths of the certificate and the model card beside it; null in exports of earlier versions. */
  certificate: z.string().nullable(),
  card: z.string().nullable(),
  /** Null: not measured. */
  latency: latency.nullable(),
  /** What fewer bits than float32 change; null for float32. */
  effect: precisionEffect.nullable(),
});
export type ExportRecord = z.infer<typeof exportRecord>;

const answer = z.object({
  /** Probability of each class, in the order of `classes`. */
  probabilities: z.array(z.number()),
  predicted: z.string(),
});
export const prediction = answer.extend({ file: z.string() });

export const modelMethods = {
  'model.export': method({
    input: z.object({
      id: z.string().min(1),
      format: exportFormat,
      out: z.string().min(1),
      options: exportOptions.prefault({}),
      /** Measures how long the truncated and the full network take on this machine, for the certificate. */
      latency: z.boolean().default(true),
      /** Replaces an earlier export of the same run at the same place; nothing else is ever replaced. */
      overwrite: z.boolean().default(false),
      ...asked,
    }),
    output: exportRecord.extend(answered),
    progress: z.object({ message: z.string() }),
  }),
  /** What was exported of a run, the newest first; where a file was written more than once, the last. */
  'model.exports': method({ input: z.object({ id: z.string().min(1) }), output: z.array(exportRecord) }),
  /** The texts beside an export, as they lie there; null where there is none. */
  'model.documents': method({
    /** Of the export itself. */
    input: z.object({ path: z.string().min(1) }),
    output: z.object({ card: z.string().nullable(), certificate: z.string().nullable() }),
  }),
  /**
   * What an exported ONNX file or TensorFlow.js model answers to images, beside what the application answers with the run
   * that it was made of.
   */
  'model.try': method({
    input: z.object({ model: z.string().min(1), files: z.array(z.string()).min(1) }),
    output: z.object({
      run: z.string(),
      classes: z.array(z.string()),
      /** What ran the exported model, with its version. */
      runtime: z.string(),
      /** What is in the exported model; the application answers with the same. */
      calibration: scaling.nullable(),
      tried: z.array(
        z.object({
          file: z.string(),
          exported: answer,
          application: answer,
          /** The largest of a probability. */
          difference: z.number(),
        }),
      ),
      problems: z.array(z.object({ file: z.string(), code: z.string(), message: z.string() })),
      warnings: z.array(z.string()),
    }),
    progress: z.object({ done: z.int(), total: z.int() }),
  }),
  /** By a run of this workspace, an exported ONNX file or the folder of an exported TensorFlow.js model. */
  'model.predict': method({
    input: z.object({ model: z.string().min(1), files: z.array(z.string()).min(1) }),
    output: z.object({
      classes: z.array(z.string()),
      /** sigmoid: an image may have several of the classes, which `predicted` names as `encodeRow` writes them; left out: one. */
      outputs: z.literal('sigmoid').optional(),
      /** Of two classes, the one that is predicted from a probability on; null for more. */
      positive: z.string().nullable(),
      /** The threshold that was kept with the run, by which classes are called; null: the most probable one is. */
      decision: decision.nullable().default(null),
      /** All that are kept: of several labels one each at most. */
      decisions: z.array(decision).default([]),
      predictions: z.array(prediction),
      /** How the network's own probabilities were changed: what is kept with the run, or is in the exported file. */
      calibration: scaling.nullable(),
      problems: z.array(z.object({ file: z.string(), code: z.string(), message: z.string() })),
      /** About the model, e.g. that whether it is damaged cannot be told. */
      warnings: z.array(z.string()).default([]),
    }),
    progress: z.object({ done: z.int(), total: z.int() }),
  }),
};
