import { open } from 'node:fs/promises';
import { CutpointError } from '../../contract/errors.ts';
import type { OutputOf } from '../../contract/index.ts';
import { besidePaths } from './beside.ts';

/** A card with all that it can say has some ten thousand characters. */
const LARGEST = 1e6;

/**
 * Model card and certificate beside an export.
 * @throws CutpointError FILE_NOT_READABLE where one is there and cannot be read, or where neither is
 */
export async function readDocuments(path: string): Promise<OutputOf<'model.documents'>> {
  const paths = besidePaths(path);
  const [card, certificate] = await Promise.all([textOf(paths.card), textOf(paths.certificate)]);
  if (card === null && certificate === null)
    throw new CutpointError('FILE_NOT_READABLE', `There is neither a model card nor a certificate beside '${path}'.`, {
      remedy: 'Export the run again.',
    });
  return { card, certificate };
}

async function textOf(path: string): Promise<string | null> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > LARGEST) throw Object.assign(new Error('too large'), { code: 'EFBIG' });
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new CutpointError('FILE_NOT_READABLE', `'${path}' cannot be read (${code}).`, {
      remedy: 'Check that you may read it.',
      cause: thrown,
    });
  }
}
