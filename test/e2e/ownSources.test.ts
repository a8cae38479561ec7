import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { contract } from '../../src-main/contract/index.ts';
import { folderForFile } from '../support/folder.ts';
import { failure, json, run, start } from './support/cutpoint.ts';
import { writeStudy } from './support/study.ts';

const folder = folderForFile();
const [textures, study] = [join(folder, 'textures'), join(folder, 'study')];
const workspace = ['--workspace', join(folder, 'workspace')];
const small = ['--backbone', 'cbr_tiny', '--input', '32', '--batch', '8', '--split-validation', '0.25', '--split-test', '0.25']; // prettier-ignore

beforeAll(async () => {
  await writeStudy(textures, { classes: ['brick', 'cloth', 'wood'], patients: 8 });
  // Of another size: the same noise would be the same files.
  await writeStudy(study, { size: 48 });
});

test('a source is trained on the command line, shown with its lineage, trained from, and chained', async () => {
  const train = ['source', 'train', '--data', textures, ...small, '--epochs', '2', '--nature', 'natural', '--name', 'textures']; // prettier-ignore
  const made = await json(contract['source.get'].output, [...train, ...workspace]);
  expect(made.lineage).toEqual(['random weights', 'textures']);
  expect(made.source.origin).toMatchObject({ nature: 'natural', testSealed: false, epochs: { done: 2 } });
  expect(made.source.origin!.data.classes.map(({ name }) => name)).toEqual(['brick', 'cloth', 'wood']);

  const run1 = await json(contract['run.get'].output, ['train', '--data', study, ...small, '--strategy', 'full', '--epochs', '1', '--source', 'textures', ...workspace]); // prettier-ignore
  expect(run1.plan.source).toBe('textures');
  const taken = await json(contract['source.fromRun'].output, ['source', 'train', '--from-run', run1.id, '--name', 'study', ...workspace]); // prettier-ignore
  expect(taken.origin!.parents.map(({ name }) => name)).toEqual(['textures']);
  expect((await json(contract['run.get'].output, ['run', run1.id, ...workspace])).testOpened).toBeNull();

  expect((await run(['sources', ...workspace])).stdout).toMatch(/random weights → textures → study/);
  expect((await run(['run', run1.id, ...workspace])).stdout).toMatch(/^Lineage +random weights → textures$/m);
  const { stdout: card } = await run(['source', 'show', 'study', '--card', ...workspace]);
  expect(card).toMatch(/^# Source `study`/);
  expect(card).toContain('`random weights` → `textures` → `study`');
  expect((await run(['source', 'show', 'study', ...workspace])).stdout).toMatch(/^Test +sealed$/m);

  const drawn = join(folder, 'drawn');
  const { stdout: trees } = await run(['source', 'lineage', 'study', '--out', drawn, ...workspace]);
  expect(trees).toMatch(/^random weights\n  textures\n    study\n/);
  expect(await readFile(join(drawn, 'lineage.csv'), 'utf8')).toMatch(/^textures,random weights,natural,yes,[0-9a-f]{64}\r$/m); // prettier-ignore
  const svg = await readFile(join(drawn, 'lineage.svg'), 'utf8');
  for (const name of ['random weights', 'textures', 'study']) expect(svg).toContain(`>${name}</text>`);
  expect(await sharp(join(drawn, 'lineage.png')).metadata()).toMatchObject({ format: 'png', hasAlpha: false });
  expect(await failure(['source', 'lineage', '--out', drawn, ...workspace])).toMatchObject({ code: 'FOLDER_NOT_EMPTY' }); // prettier-ignore
  expect(await failure(['source', 'lineage', 'nobody', ...workspace])).toMatchObject({ code: 'SOURCE_UNKNOWN' });

  // Another split tests on images that the weights have seen.
  const seen = await failure(['train', '--data', study, ...small, '--strategy', 'full', '--epochs', '1', '--seed', '3', '--source', 'study', ...workspace]); // prettier-ignore
  expect(seen).toMatchObject({ status: 1, code: 'DATA_DOUBTFUL' });
});

test('killed while it trains and resumed, the run becomes the source all the same', async () => {
  const train = ['source', 'train', '--data', textures, ...small, '--epochs', '8', '--early-stopping', 'none', '--name', 'killed']; // prettier-ignore
  const running = start([...train, ...workspace]);
  const [, id] = await running.until(/^run (\S+)$/m);
  await running.until(/epoch 1 of 8/);
  running.child.kill('SIGKILL');
  await running.ended;
  const [wish] = await json(contract['source.list'].output, ['sources', ...workspace]).then((list) => list.filter(({ name }) => name === 'killed')); // prettier-ignore
  expect(wish).toBeUndefined();
  await json(contract['run.get'].output, ['resume', id!, ...workspace]);
  const { source } = await json(contract['source.get'].output, ['source', 'show', 'killed', ...workspace]);
  expect(source.origin).toMatchObject({ run: id, epochs: { done: 8 } });
});

test('refused before anything is trained: no network, options of training beside a run, a name that is taken', async () => {
  const base = ['source', 'train', '--name', 'other'];
  const noNetwork = await failure([...base, '--data', textures, ...workspace]);
  expect(noNetwork).toMatchObject({ status: 1, code: 'INPUT_INVALID' });
  expect(await failure([...base, ...workspace])).toMatchObject({ status: 1, code: 'INPUT_INVALID' });
  const both = await failure([...base, '--from-run', 'x', '--epochs', '3', ...workspace]);
  expect(both).toMatchObject({ status: 1, code: 'INPUT_INVALID', message: expect.stringContaining('--epochs') });
  const taken = await failure(['source', 'train', '--name', 'textures', '--data', textures, ...small, ...workspace]);
  expect(taken).toMatchObject({ status: 1, code: 'SOURCE_EXISTS' });
});
