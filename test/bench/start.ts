// `npm run bench:start`: seconds until a command that needs no engine has answered and ended (median and longest), first with
// nothing compiled before, then with what the start before it kept. Options: --times N, --most SECONDS. Commands that take
// longer than `most` with what was kept are marked, and end the measurement with status 1.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { figure, handOver, type Figure } from './figures.ts';

const { values } = parseArgs({
  options: { times: { type: 'string', default: '9' }, most: { type: 'string', default: '0.3' } },
});
const [times, most] = [Number(values.times), Number(values.most)];
const COMMANDS = ['--version', '--help', 'backbones', 'inspect resnet50', 'inspect --help', 'train --help'];

const bin = join(import.meta.dirname, '../../bin/cutpoint.mjs');
const folder = mkdtempSync(join(tmpdir(), 'cutpoint-start-'));
const figures: Figure[] = [];
try {
  console.log('| command | nothing compiled | median | longest | |');
  console.log('|---------|-----------------:|-------:|--------:|-|');
  for (const command of COMMANDS) {
    const first = Array.from({ length: times }, (_, count) => start(command, `${command} ${count}`));
    start(command, 'kept');
    const later = Array.from({ length: times }, () => start(command, 'kept')).sort((a, b) => a - b);
    const median = middle(later);
    if (median > most) process.exitCode = 1;
    figures.push(figure({ figure: `start of ${command}`, unit: 's', ours: median, target: { of: 'figure', most } }));
    const cells = [middle(first.toSorted((a, b) => a - b)), median, later.at(-1)!].map(
      (time) => `${time.toFixed(2)} s`,
    );
    console.log(`| ${command} | ${cells.join(' | ')} | ${median > most ? `over ${most} s` : ''} |`);
  }
  handOver(figures);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Seconds of one start. @param kept the name of the folder of what is compiled */
function start(command: string, kept: string): number {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, kept) };
  const begun = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [bin, ...command.split(' ')], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`cutpoint ${command} ended with ${status}: ${stderr}`);
  return (performance.now() - begun) / 1000;
}

/** Of sorted times. */
function middle(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)]!;
}
