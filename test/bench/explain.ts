// `npm run bench:explain`: Grad-CAM of one 224×224 image on ResNet-50, float32, 2 threads, after warm-up: from the
// prepared picture to the map in the pixels of a picture of 1024×768. At its last cut, and at every other to find the worst.
process.env.TF_NUM_INTRAOP_THREADS ??= '2';
process.env.TF_NUM_INTEROP_THREADS ??= '1';
process.env.OMP_NUM_THREADS ??= '2';
import * as tf from '@tensorflow/tfjs-core';
import { cutNodes } from '../../src-main/backbone/cuts.ts';
import { withHead } from '../../src-main/backbone/head.ts';
import { graphParameters } from '../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../src-main/backbone/zoo/index.ts';
import { activationMaps } from '../../src-main/engine/explain/activationMap.ts';
import { restoreMap } from '../../src-main/engine/explain/restored.ts';
import { generator } from '../../src-main/engine/random.ts';
import { loadEngine } from '../../src-main/engine/tensor/engines.ts';
import { initialise } from '../../src-main/engine/weights/initialise.ts';

const [size, warmUp, repeats, limit] = [224, 3, 9, 0.5];
const view = { width: 1024, height: 768, size, fit: 'letterbox' } as const;
const { ops, createVariables } = await loadEngine('tensorflow');
const backbone = findBackbone('resnet50');
const graph = withHead(backbone.build(), { classes: 2, pooling: 'average', dropout: 0 });
const parameters = graphParameters(graph, { height: size, width: size });
const weights = initialise(parameters, backbone.initialisation, generator('bench'));
const network = { graph, ops, variables: createVariables(weights) };
const x = tf.randomUniform<tf.Rank.R4>([1, size, size, 3], -1, 1, 'float32', 1);

/** Seconds of single maps, sorted: by the clock, and of the processors, which tell more where others use them too. */
function measure(cut: string): { seconds: number[]; processor: number[] } {
  const settings = { cut, method: 'grad-cam', classes: ['a', 'b'], target: null } as const;
  const times = Array.from({ length: warmUp + repeats }, () => {
    const [start, used] = [performance.now(), process.cpuUsage()];
    restoreMap(activationMaps(network, x, settings)[0]!.raw, view);
    const { user, system } = process.cpuUsage(used);
    return { seconds: (performance.now() - start) / 1000, processor: (user + system) / 1e6 };
  }).slice(warmUp);
  const sorted = (of: 'seconds' | 'processor') => times.map((time) => time[of]).sort((a, b) => a - b);
  return { seconds: sorted('seconds'), processor: sorted('processor') };
}

const rows = cutNodes(graph).map(({ name }) => ({ name, ...measure(name) }));
const median = (values: number[]): number => values[(repeats - 1) / 2]!;
const worst = rows.reduce((most, row) => (median(row.seconds) > median(most.seconds) ? row : most));
console.log(`ResNet-50, Grad-CAM of one ${size}×${size} image, float32, 2 threads; ${repeats} maps after ${warmUp}`);
console.log('| cut                  | median s | fastest | slowest | processor s |');
console.log('|----------------------|---------:|--------:|--------:|------------:|');
for (const row of [rows.at(-1)!, worst]) {
  const title = `${row === worst ? 'worst' : 'last'}: ${row.name}`.padEnd(20);
  const times = [median(row.seconds), row.seconds[0]!, row.seconds.at(-1)!, median(row.processor)];
  const cells = times.map((value, i) => value.toFixed(3).padStart([8, 7, 7, 11][i]!));
  console.log(`| ${title} | ${cells.join(' | ')} |`);
}
const met = median(worst.seconds) < limit;
console.log(`All ${rows.length} cuts ${met ? 'under' : 'NOT under'} ${limit} s.`);
if (!met) process.exitCode = 1;
