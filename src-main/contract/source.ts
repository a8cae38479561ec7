import { z } from 'zod';
import { method } from './method.ts';

/** How the parameters of a file fit a backbone, by name. */
export const importReport = z.object({
  format: z.string(),
  matched: z.array(z.string()),
  missing: z.array(z.string()),
  mismatched: z.array(z.object({ name: z.string(), expected: z.array(z.int()), found: z.array(z.int()) })),
  unexpected: z.array(z.string()),
  /** Left out on purpose: the classifier of the file, and counters. */
  ignored: z.array(z.string()),
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
  parameters: z.int(),
});
export type SourceSummary = z.infer<typeof sourceSummary>;

export const sourceMethods = {
  'source.list': method({ input: z.object({}), output: z.array(sourceSummary) }),
  /** Copies the weights of a file into the workspace under a name. Refused unless every backbone parameter is there. */
  'source.add': method({
    input: z.object({ file: z.string().min(1), backbone: z.string(), name: z.string().min(1).max(100) }),
    output: z.object({ source: sourceSummary, report: importReport }),
  }),
};
