// `npm run bench`: the figures of speed and scale, of several benchmarks, in one table: beside a peer's where there is one, with
// what is aimed at, what this machine allows, and how busy it was. `npm run bench -- NAME …` takes some of them, `--list` tells
// their names; `--quick` measures less of each, so that all of it runs, and tells little. PYTHON names the interpreter of the
// peers, of a scratch environment with PyTorch, torchvision, pydicom and Pillow (default: python3); a peer that is missing is
// said in its row. Figures of a machine that does other things are not worth much: look at its load.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sharedData } from '../support/shared.ts';
import { figuresIn, tableOf, type Figure } from './figures.ts';
import { PYTHON, TWO_THREADS } from './peer.ts';

interface Part {
  script: string;
  args?: readonly string[];
  /** With `--quick`. */
  quick: readonly string[];
  /** Folders of the shared data, which are named last; the part is left out where none is there. */
  data?: readonly string[];
}

const NETWORKS = ['resnet50', 'densenet121', 'mobilenet_v2', 'efficientnet_b0', 'vgg16'];
const SMALL = ['mobilenet_v2', 'efficientnet_b0', 'resnet50'];
const PARTS: Record<string, Part> = {
  'steps-224': { script: 'zoo.ts', args: NETWORKS, quick: ['--rounds', '1', 'mobilenet_v2'] },
  'steps-96': {
    ...{ script: 'zoo.ts', args: ['--size', '96', ...SMALL] },
    quick: ['--size', '96', '--rounds', '1', 'mobilenet_v2'],
  },
  audit: { script: 'audit.ts', quick: ['--images', '500'] },
  decode: {
    script: 'decode.ts',
    quick: ['--rounds', '1', '--least', '200'],
    data: ['dicom_cxr', 'cxr_pneumonia', 'blood_cells'],
  },
  store: { script: 'store.ts', quick: ['--runs', '40', '--predictions', '20000', '--times', '3'] },
  start: { script: 'start.ts', quick: ['--times', '2'] },
  statistics: { script: 'statistics.ts', quick: [] },
  score: { script: 'score.ts', quick: ['--images', '100', '--rounds', '1'] },
  scale: { script: 'scale.ts', quick: ['--images', '200,1000', '--runs', '8'] },
  task: {
    script: 'task.ts',
    quick: ['--epochs', '2', '--seeds', '0', '--exhaustive', '0', '--input', '32', 'blood_cells'],
  },
};

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, list: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);
  process.exit(2);
}
if (values.list) {
  console.log(Object.keys(PARTS).join('\n'));
  process.exit();
}

const figures: Figure[] = [];
const failed: string[] = [];
for (const name of positionals.length > 0 ? positionals : Object.keys(PARTS)) {
  const { script, args = [], quick, data } = PARTS[name]!;
  const folders = data?.flatMap((set) => sharedData(set) ?? []);
  if (folders?.length === 0) continue;
  process.stderr.write(`${name}\n`);
  const printed = await printedBy(script, [...(values.quick ? quick : args), ...(folders ?? []), '--json']);
  try {
    figures.push(...figuresIn(printed));
  } catch {
    failed.push(name);
  }
}
console.log(`2 threads; peers by ${PYTHON}${values.quick ? '; quick: too little was measured to rely on' : ''}\n`);
console.log(tableOf(figures));
if (failed.length > 0) {
  console.log(`\nNot measured: ${failed.join(', ')}`);
  process.exitCode = 1;
}

/** What a benchmark prints, while its complaints go to the screen. One whose figures miss their target ends with 1. */
function printedBy(script: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...TWO_THREADS },
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  return new Promise((resolve) => child.on('close', () => resolve(printed)));
}
