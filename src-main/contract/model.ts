import { z } from 'zod';
import { method } from './method.ts';

export const exportFormat = z.enum(['onnx', 'tfjs']);
export type ExportFormat = z.infer<typeof exportFormat>;

export const exportRecord = z.object({
  run: z.string(),
  format: exportFormat,
  path: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  createdAt: z.string(),
  /** Agreement of the exported file with the app on held-out images. */
  parity: z.object({ images: z.int(), largestDifference: z.number(), meanDifference: z.number(), runtime: z.string() }),
});
export type ExportRecord = z.infer<typeof exportRecord>;

export const prediction = z.object({
  file: z.string(),
  /** Probability of each class, in the order of `classes`. */
  probabilities: z.array(z.number()),
  predicted: z.string(),
});

export const modelMethods = {
  'model.export': method({
    input: z.object({ id: z.string().min(1), format: exportFormat, out: z.string().min(1) }),
    output: exportRecord,
    progress: z.object({ message: z.string() }),
  }),
  /** What was exported of a run, the newest first; where a file was written more than once, the last. */
  'model.exports': method({ input: z.object({ id: z.string().min(1) }), output: z.array(exportRecord) }),
  /** By a run of this workspace or an exported ONNX file. */
  'model.predict': method({
    input: z.object({ model: z.string().min(1), files: z.array(z.string()).min(1) }),
    output: z.object({
      classes: z.array(z.string()),
      predictions: z.array(prediction),
      problems: z.array(z.object({ file: z.string(), code: z.string(), message: z.string() })),
    }),
    progress: z.object({ done: z.int(), total: z.int() }),
  }),
};
