import { CutpointError } from '../../contract/errors.ts';
import { digest } from '../digest.ts';
import { readCertificate } from './beside.ts';
import type { SealState } from './seal.ts';

/**
 * Refuses a model that is not what Cutpoint wrote. One without a seal is compared with the certificate beside it.
 * @returns what is to be said where neither is there
 * @throws CutpointError MODEL_DAMAGED
 */
export async function requireWhole(
  path: string,
  state: SealState,
  files: readonly string[] = [path],
): Promise<string | null> {
  if (state === 'broken') throw damaged(path, 'the checksum inside it does not agree');
  if (state === 'whole') return null;
  const { certificate } = await readCertificate(path);
  if (certificate === null)
    return `'${path}' was written by an earlier version of Cutpoint, without a checksum of itself, and no certificate is beside it: whether it is damaged cannot be told.`;
  if (certificate.file.sha256 !== (await digest(files)).sha256)
    throw damaged(path, 'it is not the file that the certificate beside it was written for');
  return null;
}

export function damaged(path: string, why: string): CutpointError {
  return new CutpointError(
    'MODEL_DAMAGED',
    `The model '${path}' is damaged, or was changed after its export: ${why}.`,
    {
      remedy: 'Export the run again, or copy the file again from an undamaged copy.',
    },
  );
}
