import { z } from 'zod';
import { answered, asked } from './job.ts';
import { method } from './method.ts';
import { preprocessing } from './preprocessing.ts';

/**
 * A set of pretrained weights that is known to exist, as it stands in `resources/catalogue.json`. What could not be
 * verified is null, or said in `notes`.
 */
export const catalogueEntry = z.object({
  id: z.string(),
  title: z.string(),
  backbone: z.string(),
  /** What it was trained on. */
  trainedOn: z.string(),
  domain: z.enum(['natural', 'medical', 'synthetic']),
  licence: z.string(),
  paper: z.string(),
  /** Side of the training images in pixels. */
  input: z.int(),
  preprocessing,
  /** Name of the file to look for. */
  file: z.string(),
  bytes: z.int().nullable(),
  /** Hexadecimal SHA-256, or its publicly stated beginning. */
  sha256: z.string().nullable(),
  /** Where to obtain it: a page to read, and a file to download where the publisher offers one openly. */
  page: z.string(),
  download: z.string().nullable(),
  /** Path in `resources` of weights that come with Cutpoint; null for all others. */
  bundled: z.string().nullable(),
  /** Whether set-up fetches what `bundled` names, so that it may be absent; what is not fetched lies in the repository. */
  fetched: z.boolean().default(false),
  /** Paths in `resources`, where they come with Cutpoint: of the text of the licence, and of the model card. */
  licenceFile: z.string().nullable().default(null),
  card: z.string().nullable().default(null),
  /** What is known and what could not be verified, in sentences. */
  notes: z.string(),
});
export type CatalogueEntry = z.infer<typeof catalogueEntry>;

export const catalogueMethods = {
  /** Every entry, with the source that was added of it, where one was. */
  'catalogue.list': method({
    input: z.object({}),
    output: z.array(catalogueEntry.extend({ source: z.string().nullable() })),
  }),
  /** What comes with Cutpoint to read about an entry: the text of its licence, and its model card in Markdown. */
  'catalogue.documents': method({
    input: z.object({ id: z.string().min(1) }),
    output: z.object({ licence: z.string().nullable(), card: z.string().nullable() }),
  }),
  /**
   * Downloads the file of an entry into the workspace, only ever because the user asked for it; continues where an earlier
   * download stopped, and is kept only if its checksum is the published one, where one is. Then `source.add` takes it.
   */
  'catalogue.download': method({
    input: z.object({ id: z.string().min(1), ...asked }),
    output: z.object({ file: z.string(), bytes: z.int(), sha256: z.string(), verified: z.boolean(), ...answered }),
    progress: z.object({ bytes: z.int(), total: z.int().nullable() }),
  }),
};
