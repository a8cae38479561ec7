import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { graphParameters } from '../../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import type { Graph } from '../../../src-main/backbone/graph.ts';
import type { TrainingPlanInput } from '../../../src-main/contract/plan.ts';
import { encodeSafetensors } from '../../../src-main/engine/export/safetensors/encode.ts';
import { generator } from '../../../src-main/engine/random.ts';
import { initialise } from '../../../src-main/engine/weights/initialise.ts';
import { folderForFile } from '../../support/folder.ts';
import { put } from '../../support/pictures.ts';
import { services, tinyPlan } from './inProcess.ts';

// AlexNet has the smallest dense layers, and its features take milliseconds at 224 pixels.
const alexnet = findBackbone('alexnet');
const size = { height: 224, width: 224 };
const FC2 = 'classifier.5';
const folder = folderForFile();
const study = join(folder, 'study');
const workspace = join(folder, 'workspace');
const file = (name: string): string => join(folder, `${name}.safetensors`);

/** A file as torchvision saves it. */
async function save(name: string, graph: Graph): Promise<void> {
  const weights = initialise(graphParameters(graph, size), alexnet.initialisation, generator(name));
  const model = { graph, weights, input: size, preprocessing: alexnet.preprocessing, classes: [] };
  await writeFile(file(name), encodeSafetensors(model, {}, 'torchvision'));
}

const plan = (changes: Partial<TrainingPlanInput>) =>
  tinyPlan(study, {
    backbone: 'alexnet',
    cut: FC2,
    input: 224,
    batch: 8,
    strategy: 'features',
    classifier: 'svm',
    ...changes,
  });

beforeAll(async () => {
  await save('whole', alexnet.withDense!());
  await save('features', alexnet.build());
  for (const [channel, label] of ['a', 'b'].entries()) {
    for (let patient = 0; patient < 8; patient++) {
      const random = generator('picture', label, patient);
      const samples = Uint8Array.from(
        { length: 24 * 24 * 3 },
        (_, at) => 160 * random() + (at % 3 === channel ? 60 : 0),
      );
      const picture = sharp(samples, { raw: { width: 24, height: 24, channels: 3 } });
      put(study, `${label}/p${8 * channel + patient}_0.png`, await picture.png().toBuffer());
    }
  }
});

describe('a cut in dense layers', () => {
  it('is there with a source that has them, in every place that a cut has', async () => {
    const { call, train, opened, close } = await services(workspace);
    const { source, report } = await call('source.add', { file: file('whole'), name: 'whole' });
    // 57,003,840 as torchvision counts them (test/golden/dense.json).
    expect(source).toMatchObject({ backbone: 'alexnet', matched: 14, missing: 0, parameters: 57_003_840 });
    expect(report).toMatchObject({ dense: ['classifier.2', FC2], ignored: [], unexpected: [] });

    const run = await opened(await (await train(plan({ source: 'whole' }))).end);
    expect(run).toMatchObject({ status: 'completed', error: null, parameters: 57_003_840 + 4097 * 2 });
    // Random weights keep enough of a colour to tell it by.
    expect(run.test!.metrics.auroc).toBeGreaterThan(0.9);

    const out = (name: string): string => join(folder, name);
    const options = { id: run.id, latency: false } as const;
    const { parity } = await call('model.export', { ...options, format: 'onnx', out: out('cut.onnx') });
    expect(parity).toMatchObject({ changedDecisions: 0 });
    expect(parity.largestDifference).toBeLessThan(1e-5);

    const layers = await call('model.export', { ...options, format: 'keras', out: out('cut.keras') });
    expect(layers.parity.largestDifference).toBeLessThan(1e-5);

    // What it exports can be a source again, with the same dense layers.
    await call('model.export', { ...options, format: 'safetensors', out: out('cut.safetensors') });
    const again = await call('source.inspect', { file: out('cut.safetensors'), backbone: 'alexnet' });
    expect(again.report).toMatchObject({
      dense: ['classifier.2', FC2],
      missing: [],
      ignored: [],
      unexpected: ['head_dense.weight', 'head_dense.bias'],
    });

    const network = { kind: 'backbone', backbone: 'alexnet', source: 'whole' } as const;
    const data = { folder: study, groupPattern: '(p\\d+)_' };
    const sweep = await call('probe.sweep', { network, data, folds: 2 });
    expect(sweep.cuts.slice(-3).map(({ name, channels, stride }) => [name, channels, stride])).toEqual([
      ['features.12', 256, 32],
      ['classifier.2', 4096, null],
      [FC2, 4096, null],
    ]);

    const pictures = [{ file: join(study, 'a/p0_0.png') }] as const;
    const { cut, maps } = await call('explain.map', { run: run.id, pictures: [...pictures] });
    expect(cut).toBe('features.12');
    expect(maps[0]!.raw).toMatchObject({ height: 6, width: 6 });
    await expect(call('explain.map', { run: run.id, cut: FC2, pictures: [...pictures] })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: `At '${FC2}' there is nothing to show: the features of a dense layer have no place in the image.`,
    });

    const [a, b] = [network, { ...network, source: null }];
    const compared = await call('similarity.compare', { a, b, data, cuts: [FC2], limit: 16, draws: 1 });
    expect(compared.pairs.map((pair) => [pair.a, pair.features])).toEqual([[FC2, [4096, 4096]]]);
    await close();
  });

  it('is refused with a source that lacks them, and where images do not fit', async () => {
    const { call, close } = await services(workspace);
    const { source, report } = await call('source.add', { file: file('features'), name: 'features' });
    expect(source).toMatchObject({ matched: 10, parameters: 2_469_696 });
    expect(report.dense).toEqual([]);
    const lacking = {
      code: 'WEIGHTS_MISMATCH',
      message: "The pretrained source 'features' has no weights for the dense layer that ends with 'classifier.2'.",
      remedy: expect.stringContaining("or choose a cut up to 'features.12'."),
    };
    await expect(call('run.start', plan({ source: 'features' }))).rejects.toMatchObject(lacking);
    await expect(call('run.start', plan({ input: 96 }))).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      remedy: "Choose an input size from 223 to 254 pixels, or a cut up to 'features.12'.",
    });
    const network = { kind: 'backbone', backbone: 'alexnet', source: 'features' } as const;
    const sweep = await call('probe.sweep', { network, data: { folder: study, groupPattern: '(p\\d+)_' }, folds: 2 });
    expect(sweep.cuts.at(-1)!.name).toBe('features.12');
    await close();
  });

  it('is fine-tuned with all below it, from random weights too', async () => {
    const { train, opened, close } = await services(workspace);
    const changes = { strategy: 'truncated', epochs: 1, optimiser: { kind: 'sgd' }, learningRate: 1e-3 } as const;
    const run = await opened(await (await train(plan(changes))).end);
    expect(run).toMatchObject({ status: 'completed', error: null });
    expect(run.epochs.map(({ stage }) => stage)).toEqual(['fine-tuning', 'svm']);
    expect(run.test!.metrics.auroc).toBeGreaterThan(0.9);
    await close();
  });
});
