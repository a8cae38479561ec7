// `npm run bench:decode FOLDER …`: reading, decoding and resizing the images of folders to 224 × 224 pixels by Cutpoint's reader
// threads, against a plain loop of pydicom and Pillow; in turn, so that a machine whose speed drifts slows both. The threads
// are started anew each time, and every file is read so often that their start counts as it does in a folder of thousands.
// The limit is reading the same files and nothing more. PYTHON names an interpreter with pydicom, Pillow and NumPy (default:
// python3). Options: --rounds N, --least FILES (how many are read at least in a round).
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runAll, usualSize } from '../../src-main/engine/data/pool.ts';
import { walkFolder } from '../../src-main/engine/data/walk.ts';
import { figure, handOver, median, tableOf, type Figure } from './figures.ts';
import { measuredBy } from './peer.ts';

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, least: { type: 'string', default: '3000' } },
  allowPositionals: true,
});
const [SIZE, rounds, least] = [224, Number(values.rounds), Number(values.least)];
/** Twice the loop on large pictures, and no less than it on small ones: of so many bytes on average. */
const [LARGE, TIMES_LARGE, TIMES_SMALL] = [200_000, 2, 1];

/** Seconds by the clock, and of all threads on a processor. */
interface Cost {
  seconds: number;
  busy: number;
}

async function ours(paths: readonly string[]): Promise<Cost> {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  const inputs = paths.map((path) => ({ path, size: SIZE, fit: 'letterbox' as const }));
  await runAll('prepare', inputs, {
    size: usualSize(0),
    done: (_, outcome) => {
      if (outcome instanceof Error) throw outcome;
    },
  });
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - begun) / 1000, busy: (user + system) / 1e6 };
}

/** Bytes of all files, and seconds of reading them one after the other. */
function readAlone(paths: readonly string[]): { bytes: number; seconds: number } {
  const begun = performance.now();
  const bytes = paths.reduce((sum, path) => sum + readFileSync(path).length, 0);
  return { bytes, seconds: (performance.now() - begun) / 1000 };
}

const figures: Figure[] = [];
for (const folder of positionals) {
  const { files } = await walkFolder(resolve(folder));
  const once = files.map((file) => join(resolve(folder), file));
  const paths = Array.from({ length: Math.ceil(least / once.length) }, () => once).flat();
  const own: Cost[] = [];
  const loop: (Cost | string)[] = [];
  for (let round = 0; round < rounds; round++) {
    own.push(await ours(paths));
    loop.push(measuredBy<Cost>('decode.py', [SIZE, ...paths]));
  }
  const missing = loop.find((each) => typeof each === 'string');
  const cost = (costs: readonly (Cost | string)[], of: keyof Cost): number =>
    median(costs.map((each) => (each as Cost)[of]));
  const { bytes, seconds } = readAlone(paths);
  const [mega, took] = [bytes / 1e6, cost(own, 'seconds')];
  const times = bytes / paths.length >= LARGE ? TIMES_LARGE : TIMES_SMALL;
  figures.push(
    figure({
      ...{ figure: `decode ${basename(folder)}, ${once.length} images`, unit: 'images/s', ours: paths.length / took },
      peer: missing ?? paths.length / cost(loop, 'seconds'),
      target: { of: 'ratio', least: times },
      limit: `${(mega / took).toFixed(0)} MB/s of files; read alone ${(mega / seconds).toFixed(0)} MB/s`,
      ...(missing === undefined && {
        note: `processor time ${(cost(own, 'busy') / cost(loop, 'busy')).toFixed(2)} of the loop's`,
      }),
    }),
  );
}
console.log(tableOf(figures));
handOver(figures);
