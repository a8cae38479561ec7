import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Weights } from '../../src-main/backbone/model.ts';
import { graphParameters } from '../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../src-main/backbone/zoo/index.ts';
import { contract } from '../../src-main/contract/index.ts';
import { generator } from '../../src-main/engine/random.ts';
import { inFile } from '../../src-main/engine/weights/dialects.ts';
import { initialise } from '../../src-main/engine/weights/initialise.ts';
import { readSafetensors } from '../../src-main/engine/weights/safetensors.ts';
import { writeSafetensors } from '../../src-main/engine/weights/writeSafetensors.ts';
import { folderForFile } from '../support/folder.ts';
import { serveForFile } from '../support/serve.ts';
import { failure, json, run } from './support/cutpoint.ts';
import { TINY, writeStudy } from './support/study.ts';

const folder = folderForFile();
const file = join(folder, 'mobilenet.safetensors');
const study = join(folder, 'study');
const workspace = ['--workspace', join(folder, 'workspace')];
const add = (...args: string[]) => ['source', 'add', file, ...args, ...workspace];

serveForFile(workspace[1]!);
/** A whole set of random weights under Keras's names, with a classifier that is none of the backbone's. */
beforeAll(async () => {
  const { build, initialisation } = findBackbone('mobilenet_v2_keras');
  const parameters = graphParameters(build(), { height: 224, width: 224 });
  const values = initialise(parameters, initialisation, generator(5, 'weights'));
  const named: Weights = new Map(
    parameters.map((parameter) => [inFile(parameter, 'keras').name, values.get(parameter.key)!]),
  );
  named.set('predictions/kernel', { shape: [2, 2], data: new Float32Array(4) });
  await writeSafetensors(file, named);
  await writeStudy(study);
});

test('weights are added under a name, listed, and trained from', async () => {
  const { source, report } = await json(
    contract['source.add'].output,
    add('--backbone', 'mobilenet_v2_keras', '--name', 'mine'),
  );
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  expect(source).toMatchObject({ name: 'mine', backbone: 'mobilenet_v2_keras', format: 'safetensors', sha256, file });
  expect(report).toMatchObject({ missing: [], mismatched: [], unexpected: [], ignored: ['predictions/kernel'] });
  expect(await json(contract['source.list'].output, ['sources', ...workspace])).toContainEqual(source);
  expect((await run(['sources', ...workspace])).stdout).toMatch(/^mine +mobilenet_v2_keras +safetensors/m);

  const train = ['train', '--data', study, ...TINY, '--epochs', '1', ...workspace];
  const pretrained = await json(contract['run.get'].output, [...train, '--source', 'mine']);
  const random = await json(contract['run.get'].output, train);
  expect([pretrained.plan.source, random.plan.source]).toEqual(['mine', null]);
  expect(pretrained.epochs[0]!.trainLoss).not.toBe(random.epochs[0]!.trainLoss);
});

test('a source keeps what its weights expect of the pictures, and so does a run from it', async () => {
  const added = await json(contract['source.add'].output, add('--name', 'unit', '--expects', 'unit'));
  expect(added.source).toMatchObject({ backbone: 'mobilenet_v2_keras' });
  const train = ['train', '--data', study, ...TINY, '--epochs', '1', '--source', 'unit', ...workspace];
  const { plan } = await json(contract['run.get'].output, train);
  expect(plan.preprocessing).toEqual({ mean: [0, 0, 0], std: [1, 1, 1] });
  expect(plan.preprocessing).toEqual(added.source.preprocessing);
});

test('refused: a name twice, weights for another backbone, and a run that starts from them', async () => {
  const again = await failure(add('--backbone', 'mobilenet_v2_keras', '--name', 'mine'));
  expect(again).toMatchObject({ status: 1, code: 'SOURCE_EXISTS' });
  const other = await failure(add('--backbone', 'resnet50', '--name', 'other'));
  expect(other).toMatchObject({ status: 1, code: 'WEIGHTS_MISMATCH' });
  const args = ['--backbone', 'resnet18', '--cut', 'layer1.0', '--source', 'mine'];
  const started = await failure(['train', '--data', study, ...TINY, ...args, ...workspace]);
  expect(started).toMatchObject({ status: 1, code: 'WEIGHTS_MISMATCH' });
  const sources = await json(contract['source.list'].output, ['sources', ...workspace]);
  expect(sources.map(({ name }) => name)).not.toContain('other');
});

test('a file is looked into before it is added; a part of one is added with consent only, and stays marked', async () => {
  const part = join(folder, 'part.safetensors');
  const { tensors } = await readSafetensors(file);
  tensors.delete('Conv1/kernel');
  await writeSafetensors(part, tensors);
  const inspect = ['source', 'inspect', part, ...workspace];
  expect(await json(contract['source.inspect'].output, inspect)).toMatchObject({
    candidates: [],
    backbone: 'mobilenet_v2_keras',
    report: { missing: ['Conv1/kernel'] },
  });
  const text = (await run(inspect)).stdout;
  expect(text).toMatch(/259 of 260 parameters match/);
  expect(text).toMatch(/^missing +Conv1\/kernel$/m);

  const adding = ['source', 'add', part, '--backbone', 'mobilenet_v2_keras', '--name', 'part', ...workspace];
  expect(await failure(adding)).toMatchObject({ status: 1, code: 'WEIGHTS_MISMATCH' });
  const { source } = await json(contract['source.add'].output, [...adding, '--partial']);
  expect(source).toMatchObject({ matched: 259, missing: 1 });
  expect((await run(['sources', ...workspace])).stdout).toMatch(/^part +mobilenet_v2_keras +safetensors +[\d,]+ +1 /m);
  const train = ['train', '--data', study, ...TINY, '--epochs', '1', '--source', 'part', '--grey', ...workspace];
  expect((await run(train)).stdout).toMatch(/part \(1 array at random\)/);
});
