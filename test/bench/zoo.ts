// `npm run bench:zoo`: forward pass and training step of one network of each newer family, batch 16, 224×224, float32,
// Adam, 2 threads; Cutpoint's engine against torchvision's modules in PyTorch, channels-last.
// PYTHON names an interpreter with torchvision (default: python3); arguments name other backbones.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const [batch, size, steps] = [16, 224, 3];
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

/** The fastest step: what others do on the machine only adds to it. */
const fastest = (seconds: readonly number[]): number => Math.min(...seconds);

const columns = ['forward s', 'PyTorch', 'ratio', 'step s', 'PyTorch', 'ratio', 'peak GB', 'PyTorch'];
console.log(`batch ${batch}, ${size}×${size}, float32, 2 threads; fastest of ${steps}`);
console.log(`| ${['network'.padEnd(18), ...columns.map((column) => column.padStart(9))].join(' | ')} |`);
console.log(`|${'-'.repeat(20)}|${`${'-'.repeat(10)}:|`.repeat(columns.length)}`);
const names = process.argv.slice(2);
for (const name of names.length > 0 ? names : families) {
  const ours = measure(process.execPath, 'stepWorker.ts', name);
  const theirs = measure(process.env.PYTHON ?? 'python3', 'zoo.py', name);
  const cells = (['forward', 'seconds'] as const).flatMap((kind) => {
    const [mine, other] = [fastest(ours[kind]), fastest(theirs[kind])];
    return [mine, other, mine / other];
  });
  cells.push(ours.peakBytes / 1e9, theirs.peakBytes / 1e9);
  console.log(`| ${[name.padEnd(18), ...cells.map((cell) => cell.toFixed(2).padStart(9))].join(' | ')} |`);
}
