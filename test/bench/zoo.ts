// `npm run bench:zoo`: forward pass and training step of one network of each newer family, batch 16, 224×224, float32,
// Adam, 2 threads; Cutpoint's engine against torchvision's modules in PyTorch, channels-last, in turn, so that a machine whose
// speed drifts slows both. PYTHON names an interpreter with torchvision (default: python3); `--size 96` takes smaller images,
// `--rounds 1` fewer processes, and arguments name other backbones.
import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { size: { type: 'string', default: '224' }, rounds: { type: 'string', default: '3' } },
  allowPositionals: true,
});
const [batch, size, steps, rounds] = [16, Number(values.size), 4, Number(values.rounds)];
const families = ['resnext50_32x4d', 'densenet121', 'efficientnet_b0', 'mobilenet_v3_large', 'convnext_tiny'];

interface Measured {
  forward: number[];
  /** Of training steps. */
  seconds: number[];
  peakBytes: number;
}

function measure(command: string, script: string, name: string): Measured {
  const threads = { OMP_NUM_THREADS: '2', TF_NUM_INTRAOP_THREADS: '2', TF_NUM_INTEROP_THREADS: '1' };
  const args = [join(import.meta.dirname, script), batch, size, steps, name].map(String);
  const { status, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, ...threads },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`${script} did not run for ${name}`);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Measured;
}

/** The fastest step of a process: what others do on the machine only adds to it. */
const fastest = (seconds: readonly number[]): number => Math.min(...seconds);
const median = (of: readonly number[]): number => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)]!;

const columns = ['forward s', 'PyTorch', 'ratio', 'step s', 'PyTorch', 'ratio', 'peak GB', 'PyTorch', 'load'];
console.log(
  `batch ${batch}, ${size}×${size}, float32, 2 threads; fastest of ${steps}, median of ${rounds} processes and of their ratios`,
);
console.log(`| ${['network'.padEnd(18), ...columns.map((column) => column.padStart(9))].join(' | ')} |`);
console.log(`|${'-'.repeat(20)}|${`${'-'.repeat(10)}:|`.repeat(columns.length)}`);
for (const name of positionals.length > 0 ? positionals : families) {
  const pairs = Array.from({ length: rounds }, () => ({
    ours: measure(process.execPath, 'stepWorker.ts', name),
    theirs: measure(process.env.PYTHON ?? 'python3', 'zoo.py', name),
  }));
  const of = (pick: (pair: (typeof pairs)[number]) => number): number => median(pairs.map(pick));
  const cells = [
    ...(['forward', 'seconds'] as const).flatMap((kind) => [
      of(({ ours }) => fastest(ours[kind])),
      of(({ theirs }) => fastest(theirs[kind])),
      of(({ ours, theirs }) => fastest(ours[kind]) / fastest(theirs[kind])),
    ]),
    of(({ ours }) => ours.peakBytes / 1e9),
    of(({ theirs }) => theirs.peakBytes / 1e9),
    loadavg()[0]!,
  ];
  console.log(
    `| ${[name.padEnd(18), ...cells.map((cell) => cell.toFixed(cell < 1 ? 3 : 2).padStart(9))].join(' | ')} |`,
  );
}
