// `npm run bench:search`: the fast search for the cut against the exhaustive two-stage search, truncated MobileNetV2 from
// ImageNet weights on ../shared/data/histology_lung and skin_lesions: same plan, same seeds, same patients, one process,
// the real services. Both are timed by what they train (epochs with their validation); the fast one's linear probes are
// added to its time. DATA=name,name chooses other sets of ../shared/data, EPOCHS and INPUT other sizes, SEEDS=number,number
// other seeds.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ComparisonEvent } from '../../src-main/contract/comparison/index.ts';
import type { SearchPlan, SearchResult } from '../../src-main/contract/comparison/search.ts';
import { services } from '../engine/services/inProcess.ts';
import { sharedData } from '../support/shared.ts';

const SETS = (process.env.DATA ?? 'skin_lesions,histology_lung').split(',');
const [input, epochs] = [Number(process.env.INPUT ?? 48), Number(process.env.EPOCHS ?? 6)];
const seeds = (process.env.SEEDS ?? '0,1,2').split(',').map(Number);
const BATCH = 32;
const METHODS = ['fast', 'two-stage'] as const;
const WEIGHTS = 'mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5';

const weights = sharedData('pretrained', 'mobilenet_v2_imagenet', WEIGHTS);
const workspace = mkdtempSync(join(tmpdir(), 'cutpoint-search-'));
const { call, close } = await services(workspace);
try {
  if (weights) {
    await call('source.add', { file: weights, name: 'imagenet', backbone: 'mobilenet_v2_keras' });
    console.log(
      `MobileNetV2, ${input}×${input} pixels, ${epochs} epochs, batch ${BATCH}, seeds ${seeds.join(', ')}; validation AUPRC, mean ± standard deviation`,
    );
    for (const name of SETS) await compare(name);
  }
} finally {
  await close();
  rmSync(workspace, { recursive: true });
}

async function compare(name: string): Promise<void> {
  const folder = sharedData(name);
  if (!folder) return;
  const base = {
    data: { folder, labels: { csv: join(folder, 'labels.csv'), groupColumn: 'group' } },
    backbone: 'mobilenet_v2_keras',
    source: 'imagenet',
    input,
    epochs,
    batch: BATCH,
    learningRate: 6e-4,
    split: { validation: 0.3, test: 0.2 },
  };
  const results: SearchResult[] = [];
  for (const method of METHODS) results.push(await search({ kind: 'search', method, seeds, base }));
  table(name, results);
}

async function search(plan: {
  kind: 'search';
  method: SearchPlan['method'];
  seeds: number[];
  base: object;
}): Promise<SearchResult> {
  const { id } = await call('comparison.start', plan as SearchPlan);
  const started = performance.now();
  const { result, error } = await call('comparison.watch', { id }, (event) => report(plan.method, event));
  if (result?.kind !== 'search') throw new Error(error?.message ?? 'the search has no result');
  const seconds = (performance.now() - started) / 1000;
  process.stderr.write(`${plan.method}: ${result.reason} (${seconds.toFixed(0)} s in all)\n`);
  for (const { stage, cut, validationAuprc, trainingSeconds } of result.trials) {
    const figure = validationAuprc ? validationAuprc.mean.toFixed(4) : '-';
    process.stderr.write(`  ${stage.padEnd(8)} ${cut.padEnd(26)} ${figure} ${trainingSeconds.toFixed(1)} s\n`);
  }
  return result;
}

function report(method: string, event: ComparisonEvent): void {
  if (event.kind === 'message') process.stderr.write(`${method}: ${event.message}\n`);
  if (event.kind !== 'finished') return;
  const { cell, validationAuprc, trainingSeconds, error } = event.record;
  const figure = validationAuprc?.toFixed(4) ?? error?.message;
  process.stderr.write(
    `  ${cell.cut} seed ${cell.seed}, ${cell.epochs} epochs: ${figure}, ${trainingSeconds.toFixed(1)} s\n`,
  );
}

/** The cut that each chose; both trained it under the same seeds. */
function table(name: string, [fast, exhaustive]: SearchResult[]): void {
  console.log(`\n${name}\n| search    | cut                        | validation AUPRC | training s |`);
  console.log('|-----------|----------------------------|------------------|-----------:|');
  for (const [method, { cut, validationAuprc, trainingSeconds }] of [
    ['fast', fast!],
    ['two-stage', exhaustive!],
  ] as const) {
    const { mean, deviation } = validationAuprc!;
    console.log(
      `| ${method.padEnd(9)} | ${cut.padEnd(26)} | ${`${mean.toFixed(3)} ± ${(deviation ?? 0).toFixed(3)}`.padEnd(16)} | ${trainingSeconds.toFixed(0).padStart(10)} |`,
    );
  }
  const difference = exhaustive!.validationAuprc!.mean - fast!.validationAuprc!.mean;
  const ratio = fast!.trainingSeconds / exhaustive!.trainingSeconds;
  console.log(
    `lost: ${difference.toFixed(4)} (aim: at most 0.01); time: ${ratio.toFixed(3)} of the exhaustive search's (aim: at most 0.25)`,
  );
}
