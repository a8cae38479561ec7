// `npm run bench:precision`: what training in bfloat16 costs in test AUROC, and gains in time. MobileNetV2 from ImageNet weights,
// truncated at block_5_add, 64×64 pixels, 5 epochs, from the command line, on three sets of ../shared/data. DATA=name,name, SEEDS,
// EPOCHS, INPUT and CUT choose others. On a processor without bfloat16 the results are the same, and the times mean nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluation } from '../../src-main/contract/evaluation.ts';
import { runSummary } from '../../src-main/contract/run.ts';
import { json, run } from '../e2e/support/cutpoint.ts';
import { sharedData } from '../support/shared.ts';

const sets = (process.env.DATA ?? 'cxr_pneumonia,blood_cells,skin_lesions').split(',');
const seeds = (process.env.SEEDS ?? '0').split(',');
const { EPOCHS: epochs = '5', INPUT: input = '64', CUT: cut = 'block_5_add' } = process.env;
const weights = sharedData('pretrained', 'mobilenet_v2_imagenet', 'mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5'); // prettier-ignore
const folder = mkdtempSync(join(tmpdir(), 'cutpoint-precision-'));
const workspace = ['--workspace', folder];

interface Trained {
  auroc: number;
  /** Half of its 95 % interval over drawn patients. */
  halfWidth: number;
  /** Of an epoch, the median. */
  seconds: number;
}

async function train(data: string, seed: string, precision: string): Promise<Trained> {
  const { id, epochs: records } = await json(runSummary, [
    ...['train', '--data', data, '--labels', join(data, 'labels.csv'), '--group-column', 'group', ...workspace],
    ...['--backbone', 'mobilenet_v2_keras', '--source', 'imagenet', '--cut', cut, '--input', input, '--epochs', epochs],
    ...['--batch', '32', '--lr', '0.001', '--seed', seed, '--precision', precision],
    ...['--split-validation', '0.2', '--split-test', '0.3', '--open-test', 'the figure of the benchmark'],
  ]);
  const { metrics, intervals } = await json(evaluation, ['evaluate', id, ...workspace]);
  const interval = intervals!.auroc!;
  const seconds = records.map((epoch) => epoch.seconds).sort((a, b) => a - b)[records.length >> 1]!;
  return { auroc: metrics.auroc!, halfWidth: (interval.high - interval.low) / 2, seconds };
}

try {
  if (weights) {
    const added = await run(['source', 'add', weights, '--backbone', 'mobilenet_v2_keras', '--name', 'imagenet', ...workspace]); // prettier-ignore
    if (added.status !== 0) throw new Error(added.stderr);
    console.log('| data | seed | AUROC float32 | AUROC bfloat16 | difference | half of the 95 % interval | within | s an epoch, float32 | bfloat16 |'); // prettier-ignore
    console.log('|---|---|---:|---:|---:|---:|---|---:|---:|');
    for (const name of sets) {
      const data = sharedData(name);
      for (const seed of data ? seeds : []) {
        const [exact, coarse] = [await train(data!, seed, 'float32'), await train(data!, seed, 'bfloat16')];
        const difference = coarse.auroc - exact.auroc;
        const within = Math.abs(difference) <= exact.halfWidth ? 'yes' : 'no';
        const numbers = [exact.auroc, coarse.auroc, difference, exact.halfWidth].map((value) => value.toFixed(4));
        const seconds = [exact, coarse].map((each) => each.seconds.toFixed(1));
        console.log(`| ${[name, seed, ...numbers, within, ...seconds].join(' | ')} |`);
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
