// `node test/bench/tournament.ts [pixels]`: four strategies with MobileNetV2 on two folds of blood_cells, 2 epochs each, from
// the command line; its engine is killed half-way, and the tournament resumed. Needs the shared data beside the checkout.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, start } from '../e2e/support/cutpoint.ts';
import { killEngine } from '../e2e/support/engine.ts';
import { sharedData } from '../support/shared.ts';

const STRATEGIES = ['full', 'truncated', 'layerwise', 'features-svm'];
const RUNS = 2 * STRATEGIES.length;
const [pixels = '96'] = process.argv.slice(2);
const data = sharedData('blood_cells');
const weights = sharedData(
  'pretrained',
  'mobilenet_v2_imagenet',
  'mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5',
);

async function tournament(folder: string, weightsFile: string): Promise<void> {
  const workspace = ['--workspace', folder];
  const added = await run([
    'source',
    'add',
    weightsFile,
    '--backbone',
    'mobilenet_v2_keras',
    '--name',
    'imagenet',
    ...workspace,
  ]);
  if (added.status !== 0) throw new Error(added.stderr);

  const since = performance.now();
  const seconds = (from: number) => ((performance.now() - from) / 1000).toFixed(0);
  const first = start([
    ...['tournament', '--data', data!, '--labels', 'labels.csv', '--group-column', 'group', '--input', pixels],
    ...['--backbone', 'mobilenet_v2_keras', '--sources', 'imagenet', '--strategies', STRATEGIES.join()],
    ...['--cuts', 'block_9_add', '--folds', '2', '--epochs', '2', ...workspace],
  ]);
  const [, id = ''] = await first.until(/^comparison (\S+)$/m);
  await first.until(new RegExp(`^run ${RUNS / 2} of ${RUNS} `, 'm'));
  if (!killEngine(folder)) throw new Error('there was no engine to kill');
  await first.ended;
  console.log(`killed after ${seconds(since)} s`);
  const resumed = await run(['resume', id, '--open-test', 'the verdict of the benchmark', ...workspace]);
  console.log(`finished after ${seconds(since)} s in all`);
  if (resumed.status !== 0) throw new Error(resumed.stderr);
  console.log(resumed.stderr, resumed.stdout);
}

if (data && weights) {
  const folder = mkdtempSync(join(tmpdir(), 'cutpoint-bench-'));
  try {
    await tournament(folder, weights);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
