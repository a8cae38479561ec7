// `npm run bench:decode FOLDER …`: reading, decoding and resizing the images of folders to 224 × 224 pixels by Cutpoint's reader
// threads, against a plain loop of pydicom and Pillow; in turn, so that a machine whose speed drifts slows both. The threads
// are started anew each time, and every file is read so often that their start counts as it does in a folder of thousands.
// PYTHON names an interpreter with pydicom, Pillow and NumPy (default: python3).
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { runAll, usualSize } from '../../src-main/engine/data/pool.ts';
import { walkFolder } from '../../src-main/engine/data/walk.ts';

const [SIZE, ROUNDS, LEAST_FILES] = [224, 3, 3000];
const PEER = join(import.meta.dirname, 'decode.py');

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

function theirs(paths: readonly string[]): Cost | null {
  const ran = spawnSync(process.env.PYTHON ?? 'python3', [PEER, String(SIZE), ...paths], { encoding: 'utf8' });
  return ran.status === 0 ? (JSON.parse(ran.stdout.trim().split('\n').at(-1)!) as Cost) : null;
}

const median = (costs: readonly Cost[], of: keyof Cost): number =>
  costs.map((cost) => cost[of]).toSorted((a, b) => a - b)[Math.floor(costs.length / 2)]!;

console.log('| folder | images | Cutpoint, images/s | loop, images/s | ratio | processor time, ratio |');
console.log('|---|---:|---:|---:|---:|---:|');
for (const folder of process.argv.slice(2)) {
  const { files } = await walkFolder(resolve(folder));
  const once = files.map((file) => join(resolve(folder), file));
  const paths = Array.from({ length: Math.ceil(LEAST_FILES / once.length) }, () => once).flat();
  const [own, loop]: [Cost[], Cost[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    own.push(await ours(paths));
    const peer = theirs(paths);
    if (peer) loop.push(peer);
  }
  const rate = (costs: readonly Cost[]) =>
    costs.length > 0 ? Math.round(paths.length / median(costs, 'seconds')) : null;
  const ratio = (of: keyof Cost) => (loop.length > 0 ? (median(loop, of) / median(own, of)).toFixed(2) : '–');
  console.log(`| ${folder} | ${once.length} | ${rate(own)} | ${rate(loop) ?? 'not measured'} | ${ratio('seconds')} | ${ratio('busy')} |`); // prettier-ignore
}
