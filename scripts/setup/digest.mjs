import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SetupError } from './report.mjs';

/** SHA-256 of a file in hexadecimal; the file is read piece by piece. */
export async function sha256(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/**
 * Refuses a fetched file that is not the one whose digest is written in this repository. To be called before anything of
 * the file is unpacked, loaded or run.
 * @throws SetupError
 */
export async function requireDigest(path, expected) {
  const found = await sha256(path);
  if (found === expected) return;
  throw new SetupError(
    `${basename(path)} is not the file that this version of Cutpoint was made with, and was not used: its SHA-256 is ` +
      `${found}, where ${expected} was expected. It was changed on its way, or where it was fetched from holds another ` +
      'file under this name; check that place and start again.',
  );
}
