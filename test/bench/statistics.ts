// `npm run bench:statistics`: how long the intervals of an evaluation take, on one core: AUROC and AUPRC of 100,000
// predictions by 2,000 bootstrap replicates, and all figures with all their intervals of smaller studies.
import { bootstrapPools } from '../../src-main/engine/metrics/bootstrap.ts';
import { figuresOf } from '../../src-main/engine/metrics/figures.ts';
import { drawnPredictions, type Recipe } from '../engine/metrics/drawn.ts';
import { figure, handOver, type Figure } from './figures.ts';

const RESAMPLES = 2000;
const TARGET = 10;

type Predictions = ReturnType<typeof drawnPredictions>;
const pool = (of: Predictions) => bootstrapPools([of], [[0]], { resamples: RESAMPLES, seed: 0 });
const all = (of: Predictions) => figuresOf(of, of.classes, { resamples: RESAMPLES });
const recipe = (n: number, k: number, patients: number): Recipe => ({
  ...{ seed: 1, n, k, levels: 0, lift: 0.25, patients },
  shares: Array.from({ length: k - 1 }, () => 1 / k),
});

const rows: { what: string; recipe: Recipe; work: (of: Predictions) => Promise<unknown>; target?: number }[] = [
  { what: 'AUROC and AUPRC', recipe: recipe(100_000, 2, 0), work: pool, target: TARGET },
  { what: 'AUROC and AUPRC', recipe: recipe(100_000, 2, 30_000), work: pool },
  { what: 'all figures', recipe: recipe(5000, 3, 0), work: all },
  { what: 'all figures, images and patients', recipe: recipe(5000, 3, 1500), work: all },
  { what: 'all figures', recipe: recipe(300, 2, 0), work: all },
];
const figures: Figure[] = [];
console.log('| what | predictions | classes | patients | wall s | processor s | target |');
console.log('|---|---:|---:|---:|---:|---:|---|');
for (const { what, recipe: drawn, work, target } of rows) {
  const predictions = drawnPredictions(drawn);
  const [start, used] = [performance.now(), process.cpuUsage()];
  await work(predictions);
  const { user, system } = process.cpuUsage(used);
  const [wall, cpu] = [(performance.now() - start) / 1000, (user + system) / 1e6];
  const verdict = target === undefined ? '' : `${cpu < target ? 'met' : 'missed'}: under ${target} s`;
  const patients = new Set(predictions.groups).size;
  figures.push(
    figure({
      ...{ figure: `intervals of ${what}, ${drawn.n.toLocaleString('en')} predictions`, unit: 's', ours: cpu },
      ...(target !== undefined && { target: { of: 'figure', most: target } as const }),
    }),
  );
  console.log(`| ${[what, drawn.n, drawn.k, patients, wall.toFixed(2), cpu.toFixed(2), verdict].join(' | ')} |`);
}
handOver(figures);
