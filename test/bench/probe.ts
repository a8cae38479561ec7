// `npm run bench:probe`: a probe sweep of ResNet-50 over 1,000 images at 224×224 beside one plain forward pass over the same
// images, in the same batches, on the same engine. Options: --images N, --input PIXELS, --backbone NAME, --rounds N.
import { parseArgs } from 'node:util';
import { graphParameters } from '../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../src-main/backbone/zoo/index.ts';
import type { Dataset } from '../../src-main/engine/data/types.ts';
import { run } from '../../src-main/engine/execute/run.ts';
import { generator } from '../../src-main/engine/random.ts';
import { withEngine } from '../../src-main/engine/tensor/engines.ts';
import { preprocess, readBatch } from '../../src-main/engine/network/batch.ts';
import { breathe } from '../../src-main/engine/breathe.ts';
import { networkOn } from '../../src-main/engine/network/open.ts';
import { probeSweep } from '../../src-main/engine/transfer/probe/sweep.ts';
import { initialise } from '../../src-main/engine/weights/initialise.ts';
import { drawCategories } from '../../scripts/pretrain/pictures/index.ts';
import { drawPool } from '../../scripts/pretrain/pool.ts';
import { FORMULAS } from '../../scripts/pretrain/settings.ts';
import { exampleDataset } from '../support/dataset.ts';

const { values } = parseArgs({
  options: {
    images: { type: 'string', default: '1000' },
    input: { type: 'string', default: '224' },
    backbone: { type: 'string', default: 'resnet50' },
    rounds: { type: 'string', default: '1' },
  },
});
const [count, size, rounds] = [values.images, values.input, values.rounds].map(Number) as [number, number, number];
const BATCH = 16;
const FOLDS = 5;

const backbone = findBackbone(values.backbone);
const graph = backbone.build();
// Two patterns, drawn from elsewhere each time, are the two classes; two images are one patient.
const cache = drawPool(drawCategories(FORMULAS).slice(30, 32), { seed: 1, perCategory: Math.ceil(count / 2), size });
const dataset: Dataset = exampleDataset({ patients: Math.ceil(count / 2) });
const labels = dataset.images.map((_, index) => index % 2);
const groups = dataset.images.map((image, index) => ({ ...image, group: `${index % 2} ${index >> 2}` }));
const images = {
  dataset: { ...dataset, images: groups },
  cache,
  labels,
  indices: Array.from({ length: count }, (_, index) => index),
  classes: dataset.classes,
  preprocessing: backbone.preprocessing,
};

await withEngine('auto', async (engine) => {
  const parameters = graphParameters(graph, { height: size, width: size });
  const weights = initialise(parameters, backbone.initialisation, generator(1, 'weights'));
  const network = networkOn(engine, { graph }, { weights });

  /** One plain forward pass: the network's output for every image, and nothing else. */
  async function forward(indices: readonly number[]): Promise<void> {
    for (let start = 0; start < indices.length; start += BATCH) {
      const x = preprocess(readBatch(cache, indices.slice(start, start + BATCH)), backbone.preprocessing);
      const outputs = run(network, x);
      for (const output of outputs.values()) {
        output.dataSync();
        output.dispose();
      }
      x.dispose();
      await breathe();
    }
  }

  /** Wall and processor seconds; the latter tell what a busy machine hides. */
  async function measured<T>(work: () => Promise<T>): Promise<{ wall: number; processor: number; result: T }> {
    const [start, before] = [performance.now(), process.cpuUsage()];
    const result = await work();
    const { user, system } = process.cpuUsage(before);
    return { wall: (performance.now() - start) / 1000, processor: (user + system) / 1e6, result };
  }

  await forward(images.indices.slice(0, 2 * BATCH));
  console.log(
    `${backbone.title}, ${count} images at ${size}×${size}, batch ${BATCH}, ${FOLDS} folds; ${engine.device}`,
  );
  console.log('| round | forward | sweep | of it pass | probes | sweep / forward | in processor time |');
  console.log('|------:|--------:|------:|-----------:|-------:|----------------:|------------------:|');
  for (let round = 1; round <= rounds; round++) {
    const plain = await measured(() => forward(images.indices));
    const sweep = await measured(() => probeSweep(network, images, { folds: FOLDS, seed: 1, batch: BATCH }));
    const { pass, probes } = sweep.result.seconds;
    const seconds = [plain.wall, sweep.wall, pass, probes].map((value) => `${value.toFixed(2)} s`);
    const ratios = [sweep.wall / plain.wall, sweep.processor / plain.processor].map((value) => value.toFixed(2));
    console.log(`| ${[String(round), ...seconds, ...ratios].join(' | ')} |`);
  }
  network.variables.dispose();
});
