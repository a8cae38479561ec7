// `npm run bench:task -- SET …`: from a folder to a chosen truncated network: Cutpoint's fast search, from a new workspace,
// against a plain PyTorch script that trains at every cut (MobileNetV2, the same images, pixels, batch, epochs and seeds). The
// script's time is composed: two measured epochs at each cut, times epochs and seeds. What the exhaustive search would choose
// is told by Cutpoint's own, under one seed and of fewer epochs. SET: folders of ../shared/data; left out: five of them.
// Options: --input PIXELS, --epochs N, --batch N, --seeds N,N,N, --exhaustive EPOCHS (0: none). PYTHON names an interpreter with
// torchvision and Pillow (default: python3).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cutPoints } from '../../src-main/backbone/cuts.ts';
import { findBackbone } from '../../src-main/backbone/zoo/index.ts';
import type { SearchPlan, SearchResult } from '../../src-main/contract/comparison/search.ts';
import { services } from '../engine/services/inProcess.ts';
import { sharedData } from '../support/shared.ts';
import { figure, tell, type Figure } from './figures.ts';
import { measuredBy } from './peer.ts';

const { values, positionals } = parseArgs({
  options: {
    input: { type: 'string', default: '96' },
    epochs: { type: 'string', default: '6' },
    batch: { type: 'string', default: '16' },
    seeds: { type: 'string', default: '0,1,2' },
    exhaustive: { type: 'string', default: '2' },
  },
  allowPositionals: true,
});
const SETS = ['cxr_pneumonia', 'blood_cells', 'histology_lung', 'skin_lesions', 'textures'];
const [input, epochs, batch, fewer] = [values.input, values.epochs, values.batch, values.exhaustive].map(Number) as [
  ...[number, number, number, number],
];
const seeds = values.seeds.split(',').map(Number);
const BACKBONE = 'mobilenet_v2_keras';
const WEIGHTS = 'mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5';
const SPLIT = { validation: 0.3, test: 0.2 };

const weights = sharedData('pretrained', 'mobilenet_v2_imagenet', WEIGHTS);
const figures: Figure[] = [];
for (const name of positionals.length > 0 ? positionals : SETS) {
  const folder = sharedData(name);
  if (folder === undefined || weights === undefined) continue;
  figures.push(...(await compare(name, folder, weights)));
}
tell(figures);

async function compare(name: string, folder: string, file: string): Promise<Figure[]> {
  const fast = await search(folder, file, { method: 'fast', seeds, epochs });
  process.stderr.write(`${name}: ${fast.result.reason} (${fast.seconds.toFixed(0)} s)\n`);
  const peer = measuredBy<{ seconds: number[] }>('task.py', [folder, input, batch, 1 - SPLIT.test, SPLIT.validation]);
  const composed = typeof peer === 'string' ? peer : seeds.length * epochs * sum(peer.seconds);
  const told = `chose ${fast.result.cut}; the script's time is that of two epochs at each of ${typeof peer === 'string' ? 'all' : peer.seconds.length} cuts, times ${epochs} epochs and ${seeds.length} seeds`;
  const whole = figure({
    ...{ figure: `folder to chosen network, ${name}`, unit: 's', ours: fast.seconds, peer: composed, note: told },
    target: { of: 'ratio', most: 0.25 },
  });
  if (fewer === 0) return [whole];
  const { result } = await search(folder, file, { method: 'two-stage', seeds: seeds.slice(0, 1), epochs: fewer });
  process.stderr.write(`${name}: ${result.reason}\n`);
  const points = cutPoints(findBackbone(BACKBONE).build(), { height: input, width: input });
  const place = (cut: string): number => points.findIndex((point) => point.name === cut);
  const agreement = figure({
    ...{
      figure: `cuts between the two choices, ${name}`,
      unit: '',
      ours: Math.abs(place(fast.result.cut) - place(result.cut)),
    },
    target: { of: 'figure', most: 1 },
    note: `fast: ${fast.result.cut}; two-stage, ${fewer} epochs, one seed: ${result.cut}`,
  });
  return [whole, agreement];
}

/** A search from a workspace in which nothing has been read, with the seconds until its answer. */
async function search(
  folder: string,
  file: string,
  { method, seeds: under, epochs: each }: { method: SearchPlan['method']; seeds: number[]; epochs: number },
): Promise<{ result: SearchResult; seconds: number }> {
  const workspace = mkdtempSync(join(tmpdir(), 'cutpoint-task-'));
  const { call, close } = await services(workspace);
  try {
    await call('source.add', { file, name: 'imagenet', backbone: BACKBONE });
    const begun = performance.now();
    const data = { folder, labels: { csv: join(folder, 'labels.csv'), groupColumn: 'group' } };
    const base = { data, backbone: BACKBONE, source: 'imagenet', input, epochs: each, batch, split: SPLIT };
    const { id } = await call('comparison.start', { kind: 'search', method, seeds: under, base } as SearchPlan);
    const { result, error } = await call('comparison.watch', { id });
    if (result?.kind !== 'search') throw new Error(error?.message ?? 'the search has no result');
    return { result, seconds: (performance.now() - begun) / 1000 };
  } finally {
    await close();
    rmSync(workspace, { recursive: true });
  }
}

function sum(of: readonly number[]): number {
  return of.reduce((total, each) => total + each, 0);
}
