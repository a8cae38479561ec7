import { z } from 'zod';
import { method } from './method.ts';
import { preprocessing } from './preprocessing.ts';

/** How the parameters of a file fit a backbone, by name. */
export const importReport = z.object({
  format: z.string(),
  matched: z.array(z.string()),
  missing: z.array(z.string()),
  mismatched: z.array(z.object({ name: z.string(), expected: z.array(z.int()), found: z.array(z.int()) })),
  unexpected: z.array(z.string()),
  /** Left out on purpose: the classifier of the file, and counters. */
  ignored: z.array(z.string()),
  /** Matched after the first convolution was brought from the file's number of input channels to the network's. */
  adapted: z.array(z.object({ name: z.string(), from: z.int(), to: z.int() })),
  /** Which copy of the network was compared: the wrappers that it is in, `root` without any. */
  weights: z.string(),
  /** All copies that the file holds whole: raw ones beside averaged ones (EMA), student beside teacher. */
  copies: z.array(z.string()),
  /** Classes and functions that the file names beside its tensors; they were taken as data, and nothing was run. */
  objects: z.array(z.string()),
  /** Kernels all of whose values are one number, as never trained or wiped ones are. */
  constant: z.array(z.string()),
});
export type ImportReport = z.infer<typeof importReport>;

export const sourceSummary = z.object({
  name: z.string(),
  backbone: z.string(),
  file: z.string(),
  format: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  addedAt: z.string(),
  matched: z.int(),
  /** Tensors that the file lacks: they start at random values, by the user's explicit consent. */
  missing: z.int(),
  parameters: z.int(),
  /** The entry of the catalogue that this source is, where it is one. */
  catalogue: z.string().nullable(),
  /** What these weights expect; null: what the backbone's published weights do. */
  preprocessing: preprocessing.nullable(),
});
export type SourceSummary = z.infer<typeof sourceSummary>;

export const sourceMethods = {
  'source.list': method({ input: z.object({}), output: z.array(sourceSummary) }),
  /**
   * What a file of weights holds and how it fits, without adding anything: with a backbone, the report for that; without,
   * for the backbone of the zoo that it fits best. `candidates` are all that it fits whole, the best first.
   */
  'source.inspect': method({
    input: z.object({
      file: z.string().min(1),
      backbone: z.string().optional(),
      /** Which copy of the network, as in `source.add`. */
      weights: z.string().min(1).optional(),
    }),
    output: z.object({
      file: z.string(),
      bytes: z.int(),
      tensors: z.int(),
      /** What kind of file its names look like, in words; null where they are like nothing known. */
      looksLike: z.string().nullable(),
      candidates: z.array(z.string()),
      backbone: z.string().nullable(),
      report: importReport,
    }),
  }),
  /**
   * Copies the weights of a file into the workspace under a name. Refused unless every backbone parameter is there, or
   * the user consents to a partial load; refused in any case where nothing fits.
   */
  'source.add': method({
    input: z.object({
      file: z.string().min(1),
      /** Left out: the only one of the zoo that the file fits whole. */
      backbone: z.string().optional(),
      /** Which copy of the network, where the file holds several, by its name in the report; left out: the first. */
      weights: z.string().min(1).optional(),
      name: z.string().min(1).max(100),
      /** Consent: tensors that are missing or of another shape start at random values. */
      partial: z.boolean().default(false),
      /** The entry of the catalogue that the file is said to be; its checksum is compared where one is known. */
      catalogue: z.string().optional(),
      /** What the weights expect; left out: as the catalogue says, or as the backbone's published weights. */
      preprocessing: preprocessing.optional(),
    }),
    output: z.object({ source: sourceSummary, report: importReport }),
  }),
};
