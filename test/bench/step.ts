// `npm run bench:step`: one training step of ResNet-50, batch 16, 224×224, float32, Adam, 2 threads; Cutpoint's engine
// against PyTorch channels-last, the processes in turn, so that a machine whose speed drifts slows both.
// PYTHON names an interpreter with PyTorch (default: python3).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const [batch, size, steps, rounds] = [16, 224, 5, 3];
/** Steps at the start of a process that are not counted: memory is taken and kernels are built in them. */
const WARM_UP = 2;

interface Measured {
  /** Median seconds of a counted step. */
  seconds: number;
  peakBytes: number;
}

function measure(command: string, args: string[]): Measured | null {
  const environment = {
    ...process.env,
    OMP_NUM_THREADS: '2',
    TF_NUM_INTRAOP_THREADS: '2',
    TF_NUM_INTEROP_THREADS: '1',
  };
  const { status, stdout } = spawnSync(command, [...args, batch, size, steps].map(String), {
    encoding: 'utf8',
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (status !== 0) return null;
  const { seconds, peakBytes } = JSON.parse(stdout.trim().split('\n').at(-1)!) as {
    seconds: number[];
    peakBytes: number;
  };
  return { seconds: median(seconds.slice(WARM_UP)), peakBytes };
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}

const here = import.meta.dirname;
const python = process.env.PYTHON ?? 'python3';
const ours: Measured[] = [];
const theirs: Measured[] = [];
for (let round = 0; round < rounds; round++) {
  const mine = measure(process.execPath, [join(here, 'stepWorker.ts')]);
  if (!mine) throw new Error("Cutpoint's own step did not run; start test/bench/stepWorker.ts by hand to see why");
  ours.push(mine);
  const other = measure(python, [join(here, 'step.py')]);
  if (other) theirs.push(other);
  process.stderr.write(`round ${round + 1} of ${rounds}\n`);
}

const row = (name: string, runs: Measured[]): void =>
  console.log(
    `| ${name.padEnd(28)} | ${median(runs.map(({ seconds }) => seconds))
      .toFixed(2)
      .padStart(6)} | ${(median(runs.map(({ peakBytes }) => peakBytes)) / 1e9).toFixed(2).padStart(7)} |`,
  );
console.log(
  `ResNet-50, one training step, batch ${batch}, ${size}×${size}, float32, 2 threads; median of ${rounds} processes`,
);
console.log('|                              |      s | peak GB |');
console.log('|------------------------------|-------:|--------:|');
row('Cutpoint, tensorflow engine', ours);
if (theirs.length === rounds) {
  row('PyTorch, channels-last', theirs);
  const ratio = (pick: (run: Measured) => number): string =>
    median(ours.map((run, i) => pick(run) / pick(theirs[i]!))).toFixed(2);
  console.log(
    `| ratio, median of pairs       | ${ratio((run) => run.seconds).padStart(6)} | ${ratio((run) => run.peakBytes).padStart(7)} |`,
  );
} else {
  console.log(`skipped: '${python}' has no PyTorch; name one that has it in PYTHON`);
}
