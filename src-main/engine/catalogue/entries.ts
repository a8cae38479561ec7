import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import entries from '../../../resources/catalogue.json' with { type: 'json' };
import { catalogueEntry, type CatalogueEntry } from '../../contract/catalogue.ts';
import { CutpointError } from '../../contract/errors.ts';
import { resourcesFolder } from '../resources.ts';

/** The catalogue that comes with the application. */
export const catalogue: readonly CatalogueEntry[] = z.array(catalogueEntry).parse(entries);

/** @throws CutpointError CATALOGUE_UNKNOWN */
export function findEntry(id: string, among = catalogue): CatalogueEntry {
  const found = among.find((entry) => entry.id === id);
  if (found) return found;
  throw new CutpointError('CATALOGUE_UNKNOWN', `The catalogue of pretrained weights has no entry '${id}'.`, {
    remedy: '`cutpoint catalogue` lists the entries.',
  });
}

/** Where the weights of an entry lie that come with the application; null for all others, and where set-up could not fetch them. */
export function bundledFile({ bundled, fetched }: CatalogueEntry): string | null {
  if (bundled === null) return null;
  const file = join(resourcesFolder(), bundled);
  return fetched && !existsSync(file) ? null : file;
}

/** The text of the licence and the model card of an entry, as far as they come with the application. */
export async function documentsOf(entry: CatalogueEntry): Promise<{ licence: string | null; card: string | null }> {
  const read = (path: string | null) =>
    path === null ? null : readFile(join(resourcesFolder(), path), 'utf8').catch(() => null);
  return { licence: await read(entry.licenceFile), card: await read(entry.card) };
}

/** Whether a file's SHA-256 is what an entry states, as far as it states one; null where it states none. */
export function checksumFits({ sha256 }: CatalogueEntry, found: string): boolean | null {
  return sha256 === null ? null : found.startsWith(sha256);
}

/** Refuses a file that is not what the catalogue describes: told apart from a damaged one only by its publisher. */
export function checksumMismatch({ file, title, sha256 }: CatalogueEntry, found: string): CutpointError {
  return new CutpointError(
    'CHECKSUM_MISMATCH',
    `This is not the file '${file}' of '${title}': its SHA-256 is ${found.slice(0, 16)}…, where ${sha256!.slice(0, 16)}${sha256!.length > 16 ? '…' : ''} was published.`,
    {
      remedy:
        'It was cut short or changed on its way, or it is another file. Obtain it again, or add it without naming an entry of the catalogue.',
      details: { expected: sha256, found },
    },
  );
}
