import { createHmac } from 'node:crypto';
import { z } from 'zod';

export const FORMAT = 'cutpoint-study';
/** Of the layout of archives; the rows have the version of their store beside it. */
export const ARCHIVE_VERSION = 1;
export const MANIFEST = 'manifest.json';

/** A part of an archive: rows of a table, a checkpoint of a run, the weights of a source. */
export const partName = z
  .string()
  .regex(/^(?:rows\/[a-z_]+\.json|checkpoints\/[\w-]+\/\w[\w.-]*|sources\/\d+\.safetensors)$/);

export const manifest = z.object({
  format: z.literal(FORMAT),
  version: z.int().min(1),
  /** Of the store whose rows these are. */
  store: z.int().min(1),
  /** The Cutpoint that wrote it. */
  cutpoint: z.string(),
  createdAt: z.string(),
  study: z.object({ id: z.string(), name: z.string() }),
  /** Tells whether two workspaces hash patients in the same way, see {@link saltDigest}. */
  salt: z.string(),
  parts: z.array(z.object({ name: partName, bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
});
export type Manifest = z.infer<typeof manifest>;

/** A digest by which the salt of a workspace is recognised; from 32 random bytes nothing can be found out of it. */
export const saltDigest = (salt: Buffer): string =>
  createHmac('sha256', salt).update('which workspace').digest('hex').slice(0, 32);
