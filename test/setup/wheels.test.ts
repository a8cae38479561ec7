import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, expect, test, vi } from 'vitest';
import { sha256 } from '../../scripts/setup/digest.mjs';
import { download, findPython } from '../../scripts/setup/wheels.mjs';
import { temporaryFolder } from '../support/folder.ts';

const python = await findPython().catch(() => undefined);
afterEach(() => vi.unstubAllEnvs());

/** A folder that pip takes for its package index, with one wheel, and a file of pins that names it with a digest. */
async function indexOf(digest?: string) {
  const folder = temporaryFolder();
  const info = 'pinned_thing-1.0.dist-info';
  const files = {
    [`${info}/METADATA`]: 'Metadata-Version: 2.1\nName: pinned-thing\nVersion: 1.0\n',
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/RECORD`]: '',
  };
  const wheel = join(folder, 'pinned_thing-1.0-py3-none-any.whl');
  const bytes = Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)] as const);
  writeFileSync(wheel, zipSync(Object.fromEntries(bytes)));
  const pins = join(folder, 'pins.txt');
  writeFileSync(pins, `pinned-thing==1.0 --hash=sha256:${digest ?? (await sha256(wheel))}\n`);
  vi.stubEnv('PIP_NO_INDEX', '1');
  vi.stubEnv('PIP_FIND_LINKS', folder);
  return { pins, folder };
}

test.skipIf(!python)('a wheel with the digest of its pin is fetched', async () => {
  const { pins } = await indexOf();
  const wheels = await download({ python: python!, pins }, temporaryFolder());
  expect(wheels.map((path: string) => basename(path))).toEqual(['pinned_thing-1.0-py3-none-any.whl']);
});

test.skipIf(!python)('a wheel with another digest than its pin is refused', async () => {
  const { pins } = await indexOf('0'.repeat(64));
  await expect(download({ python: python!, pins }, temporaryFolder())).rejects.toThrow(
    /pinned-thing 1\.0: what arrived is not what this version of Cutpoint was made with, and was not used/,
  );
});
