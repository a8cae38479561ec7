// `npm run bench:beside FOLDER`: how many steps a second a run on a folder takes, alone and while all images of the folder are
// read beside it, in turn. Options: --seconds N for each turn, --rounds N, --input N (pixels).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { setTimeout } from 'node:timers/promises';
import {
  contract,
  type InputOf,
  type MethodName,
  type OutputOf,
  type ProgressOf,
} from '../../src-main/contract/index.ts';
import { openServices } from '../../src-main/engine/services/index.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '12' },
    rounds: { type: 'string', default: '4' },
    input: { type: 'string', default: '96' },
  },
});
const [seconds, rounds] = [Number(values.seconds), Number(values.rounds)];
/** Until caches and threads have settled. */
const SETTLING = 3000;
const data = { folder: resolve(positionals[0]!), groupPattern: '(p\\d+)_' };
const workspace = mkdtempSync(join(tmpdir(), 'cutpoint-beside-'));
const { handlers, close } = await openServices({ workspace });

function call<M extends MethodName>(
  method: M,
  input: InputOf<M>,
  { signal = new AbortController().signal, progress = () => {} }: { signal?: AbortSignal; progress?: (event: ProgressOf<M>) => void } = {}, // prettier-ignore
): Promise<OutputOf<M>> {
  const handler = handlers[method] as (input: unknown, call: object) => Promise<OutputOf<M>>;
  return handler(contract[method].input.parse(input), { signal, progress });
}

const wait = (milliseconds: number): Promise<void> => setTimeout(milliseconds);

try {
  const { id } = await call('run.start', {
    ...{ data, backbone: 'mobilenet_v2_keras', cut: 'block_9_add', input: Number(values.input), epochs: 1000 },
    split: { validation: 0.1, test: 0.1 },
  });
  let steps = 0;
  let read = 0;
  const started = Promise.withResolvers<void>();
  const watching = new AbortController();
  void call('run.watch', { id }, {
    signal: watching.signal,
    progress: (event) => {
      if (event.kind !== 'step') return;
      steps = (event.epoch - 1) * event.steps + event.step;
      started.resolve();
    },
  }).catch(() => {}); // prettier-ignore
  await started.promise;
  await wait(SETTLING);

  /** Steps, and files read, a second. */
  const turn = async (): Promise<[steps: number, read: number]> => {
    await wait(SETTLING);
    const [begun, before, files] = [performance.now(), steps, read];
    await wait(seconds * 1000);
    const passed = (performance.now() - begun) / 1000;
    return [(steps - before) / passed, (read - files) / passed];
  };
  /** Reads all of the folder, again and again, until told to stop. */
  const reading = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      let last = 0;
      const progress = ({ done }: ProgressOf<'data.audit'>): void => {
        read += Math.max(0, done - last);
        last = done;
      };
      await call('data.audit', { ...data, again: true }, { signal, progress }).catch(() => {});
    }
  };
  const [alone, beside, files]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    alone.push((await turn())[0]);
    const stop = new AbortController();
    const going = reading(stop.signal);
    const [own, others] = await turn();
    beside.push(own);
    files.push(others);
    stop.abort();
    await going;
  }
  const middle = (all: readonly number[]): string =>
    all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!.toFixed(2);
  console.log('| training | steps a second | files read a second |\n|---|---:|---:|');
  console.log(`| alone | ${middle(alone)} | |\n| while files are read | ${middle(beside)} | ${middle(files)} |`);
  watching.abort();
} finally {
  await close();
  rmSync(workspace, { recursive: true, force: true });
}
