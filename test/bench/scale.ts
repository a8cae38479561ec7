// `npm run bench:scale`: what an image costs, and the memory of the whole engine, where a truncated network trains one epoch on
// 1,000, 5,000 and 20,000 small images, each in a process of its own; then 20 such runs queued in one engine: memory, tensors
// and open files after each. Options: --images N,N,N, --runs N.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { generator } from '../../src-main/engine/random.ts';
import { figure, median, tell, type Figure } from './figures.ts';
import { ownBy } from './peer.ts';
import type { Held, Trained } from './scaleWorker.ts';

const { values } = parseArgs({
  options: { images: { type: 'string', default: '1000,5000,20000' }, runs: { type: 'string', default: '20' } },
});
const sizes = values.images.split(',').map(Number);
const SIDE = 64;
/** Images of the runs that are queued. */
const FEW = 40;
/** How much more an image may cost in the largest folder than in the smallest, and so the memory. */
const [MOST_MORE, MOST_MEMORY] = [1.2, 1.2];

const scratch = mkdtempSync(join(tmpdir(), 'cutpoint-scale-'));
try {
  const figures: Figure[] = [];
  const trained: Trained[] = [];
  for (const count of sizes) {
    const folder = join(scratch, String(count));
    await writeImages(folder, count);
    const one = ownBy<Trained>('scaleWorker.ts', [folder]);
    rmSync(folder, { recursive: true });
    trained.push(one);
    const [first] = trained;
    const many = `${count.toLocaleString('en')} images`;
    const per = (seconds: number): number => (1000 * seconds) / count;
    const least = sizes[0]!;
    figures.push(
      figure({
        ...{ figure: `an epoch of ${many}, each`, unit: 'ms', ours: per(one.epochSeconds) },
        target: { of: 'figure', most: round((MOST_MORE * 1000 * first!.epochSeconds) / least) },
      }),
      figure({
        ...{ figure: `${many} from folder to trained, each`, unit: 'ms', ours: per(one.seconds) },
        target: { of: 'figure', most: round((MOST_MORE * 1000 * first!.seconds) / least) },
      }),
      figure({
        ...{ figure: `${many}, peak memory`, unit: 'MB', ours: one.peakBytes / 1e6 },
        target: { of: 'figure', most: round((MOST_MEMORY * first!.peakBytes) / 1e6) },
      }),
    );
  }
  const folder = join(scratch, 'few');
  await writeImages(folder, FEW);
  figures.push(...growth(ownBy<{ held: Held[] }>('scaleWorker.ts', [folder, values.runs]).held));
  tell(figures);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** What is held after the last runs beside what is held after those before: the first ones fill caches and pools. */
function growth(held: readonly Held[]): Figure[] {
  const half = Math.floor(held.length / 2);
  const quarter = Math.max(1, Math.floor(held.length / 4));
  const of = (some: readonly Held[], what: keyof Held): number => median(some.map((each) => each[what]));
  const rows: [what: keyof Held, name: string, unit: string, scale: number, more: number][] = [
    ['residentBytes', 'resident memory', 'MB', 1e6, 1.05],
    ['heapBytes', 'heap', 'MB', 1e6, 1.05],
    ['tensors', 'tensors', '', 1, 1],
    ['files', 'open files', '', 1, 1],
  ];
  return rows.map(([what, name, unit, scale, more]) =>
    figure({
      ...{
        figure: `${held.length} queued runs, ${name} after the last`,
        unit,
        ours: of(held.slice(-quarter), what) / scale,
      },
      target: { of: 'figure', most: round((more * of(held.slice(half - quarter, half), what)) / scale) },
      note: held.map((each) => Math.round(each[what] / scale)).join(', '),
    }),
  );
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

/** Of two classes, four of each patient. */
async function writeImages(folder: string, count: number): Promise<void> {
  const random = generator('bench:scale');
  for (const name of ['normal', 'other']) mkdirSync(join(folder, name), { recursive: true });
  for (let index = 0; index < count; index++) {
    const patient = Math.floor(index / 4);
    const level = (patient % 2 ? 120 : 60) + Math.floor(random() * 60);
    const pixels = Uint8Array.from({ length: SIDE * SIDE }, () => level + Math.floor(random() * 32));
    const raw = { width: SIDE, height: SIDE, channels: 1 } as const;
    const png = await sharp(pixels, { raw }).toColourspace('b-w').png({ compressionLevel: 1 }).toBuffer();
    writeFileSync(join(folder, patient % 2 ? 'other' : 'normal', `p${patient}_${index % 4}.png`), png);
  }
}
