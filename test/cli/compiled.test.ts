import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/folder.ts';

const bin = join(import.meta.dirname, '../../bin/cutpoint.mjs');
const help = (folder: string) =>
  spawnSync(process.execPath, [bin, '--help'], {
    encoding: 'utf8',
    env: { ...process.env, NODE_COMPILE_CACHE: folder },
  });

test('what is compiled at a first start is kept for the next; a folder that cannot hold it is no obstacle', () => {
  const folder = join(temporaryFolder(), 'compiled');
  const first = help(folder);
  expect(first).toMatchObject({ status: 0, stderr: '' });
  const kept = readdirSync(folder, { recursive: true });
  // The files of the help alone: subcommands are read when they are asked for.
  expect(kept.length).toBeGreaterThan(25);
  expect(help(folder)).toMatchObject({ status: 0, stderr: '', stdout: first.stdout });
  expect(readdirSync(folder, { recursive: true })).toHaveLength(kept.length);

  const file = join(temporaryFolder(), 'file');
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '');
  expect(help(file)).toMatchObject({ status: 0, stderr: '', stdout: first.stdout });
});
