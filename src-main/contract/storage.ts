import { z } from 'zod';
import { method } from './method.ts';

/** What a workspace remembers one by one, and forgets when it is told to. */
export const storedKind = z.enum(['study', 'run', 'comparison', 'source', 'dataset', 'export', 'job']);
export type StoredKind = z.infer<typeof storedKind>;

/**
 * A stored row that cannot be read; the others of its kind are listed without it. `code`: PLAN_NEWER where nothing is
 * damaged and a newer version reads it, otherwise STORE_CORRUPT.
 */
export const damagedEntry = z.object({
  kind: storedKind,
  id: z.string(),
  code: z.enum(['STORE_CORRUPT', 'PLAN_NEWER']),
  message: z.string(),
});
export type DamagedEntry = z.infer<typeof damagedEntry>;

/** A dataset as it was read for a run or a comparison: the list of its images, not the images. */
export const datasetSummary = z.object({
  id: z.string(),
  /** Where the images lie now, if they were moved. */
  folder: z.string(),
  images: z.int(),
  createdAt: z.string(),
  /** How many runs and comparisons were made on it. */
  runs: z.int(),
  comparisons: z.int(),
});
export type DatasetSummary = z.infer<typeof datasetSummary>;

/** Files in the workspace of one kind. */
export const storagePart = z.object({
  name: z.string(),
  /** In words, e.g. `decoded images`. */
  title: z.string(),
  files: z.int(),
  bytes: z.int(),
});
export type StoragePart = z.infer<typeof storagePart>;

/** Parts of the workspace whose files and folders can go one by one. */
export const itemPart = z.enum(['cache', 'dropped']);

/** A file of decoded images or activations, or a copy of a dropped folder or of an archive. */
export const storageItem = z.object({
  part: itemPart,
  /** In the folder of its part. */
  name: z.string(),
  files: z.int(),
  bytes: z.int(),
  /** When it was used last, of a copy when it was made. */
  at: z.string(),
  /** Runs on images in it; null: that is not known of decoded images, which are made again. */
  needed: z.int().nullable(),
});
export type StorageItem = z.infer<typeof storageItem>;

export const storageUsage = z.object({
  workspace: z.string(),
  freeDiskBytes: z.int().nullable(),
  /** The largest first. */
  parts: z.array(storagePart),
  /** The largest first. */
  items: z.array(storageItem),
});
export type StorageUsage = z.infer<typeof storageUsage>;

export const cleaning = z.object({
  /** Nothing was removed: this is what would be. */
  dryRun: z.boolean(),
  removed: z.array(storagePart),
  freedBytes: z.int(),
  /** What was not removed although it is of these kinds, and why. */
  kept: z.array(storagePart.extend({ why: z.string() })),
});
export type Cleaning = z.infer<typeof cleaning>;

export const removal = z.object({
  /** Nothing was removed: this is what would be. */
  dryRun: z.boolean(),
  studies: z.array(z.string()),
  runs: z.array(z.string()),
  comparisons: z.array(z.string()),
  sources: z.array(z.string()),
  datasets: z.array(z.string()),
  exports: z.array(z.string()),
  jobs: z.array(z.string()),
  /** Of files: checkpoints, weights, decoded images, dropped copies. */
  bytes: z.int(),
  /** What follows from it, in sentences. */
  notes: z.array(z.string()),
});
export type Removal = z.infer<typeof removal>;

export const erasure = z.object({
  workspace: z.string(),
  /** Nothing was removed: this is what would be. */
  dryRun: z.boolean(),
  removed: z.array(storagePart),
  bytes: z.int(),
  /** Names of what lies in the folder and is none of Cutpoint's: it stays, and the folder with it. */
  left: z.array(z.string()),
});
export type Erasure = z.infer<typeof erasure>;

export const backupContents = z.object({
  ...{ studies: z.int(), runs: z.int(), comparisons: z.int(), sources: z.int(), datasets: z.int() },
});

export const storageMethods = {
  'storage.usage': method({ input: z.object({}), output: storageUsage }),
  'storage.datasets': method({ input: z.object({}), output: z.array(datasetSummary) }),
  'storage.damaged': method({
    input: z.object({ kinds: z.array(storedKind).optional() }),
    output: z.array(damagedEntry),
  }),
  /**
   * Removes what can be made again (decoded images, finished downloads), copies of dropped folders that no run needs,
   * and what an engine that was killed left. What a run that trains has open is kept.
   */
  'storage.clean': method({
    input: z.object({
      dryRun: z.boolean().default(false),
      /** Also the copies of dropped folders that runs were trained on: those can then not be resumed or explained. */
      dropped: z.boolean().default(false),
      /** Only these, and nothing else. */
      only: z
        .array(storageItem.pick({ part: true, name: true }))
        .min(1)
        .max(1000)
        .optional(),
    }),
    output: cleaning,
  }),
  /**
   * Removes studies, runs, comparisons, sources, datasets or records of exports with the files that Cutpoint keeps of them;
   * never the user's images or exported files. Refused while one trains, and where others depend on it unless those go
   * too.
   */
  'storage.remove': method({
    input: z.object({
      kind: storedKind,
      ids: z.array(z.string().min(1)).min(1).max(1000),
      /** Runs and comparisons that depend on it are removed too. */
      withRuns: z.boolean().default(false),
      dryRun: z.boolean().default(false),
    }),
    output: removal,
  }),
  /**
   * Removes all that the workspace holds, the log and backups included, and begins anew in its empty folder: the engine is
   * started again. Refused while anything trains or computes, and while another program works with this engine.
   */
  'storage.erase': method({
    input: z.object({
      /** The folder that is meant, as `storage.usage` says it. */
      workspace: z.string().min(1),
      dryRun: z.boolean().default(false),
    }),
    output: erasure,
  }),
  /** Copies the store (not the checkpoints and weights) to a file, and reads it back. */
  'storage.backup': method({
    input: z.object({ file: z.string().min(1), overwrite: z.boolean().default(false) }),
    output: backupContents.extend({ file: z.string(), bytes: z.int() }),
  }),
};
