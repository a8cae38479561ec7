import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { requireDigest, sha256 } from '../../scripts/setup/digest.mjs';
import { temporaryFolder } from '../support/folder.ts';

/** FIPS 180-2, appendix B.1. */
const ofAbc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

test('a fetched file with another digest than the pinned one is refused, with both in the sentence', async () => {
  const path = join(temporaryFolder(), 'thing.whl');
  writeFileSync(path, 'abc');
  expect(await sha256(path)).toBe(ofAbc);
  await expect(requireDigest(path, ofAbc)).resolves.toBeUndefined();
  writeFileSync(path, 'abd');
  await expect(requireDigest(path, ofAbc)).rejects.toThrow(
    new RegExp(`thing\\.whl is not the file .*its SHA-256 is a52d159f[0-9a-f]{56}, where ${ofAbc} was expected`),
  );
});
