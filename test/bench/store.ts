// `npm run bench:store`: how soon what each screen asks for is answered, where 1,000 runs and five million predictions are
// stored: through the handler with the contract's checks, the first time after a start and later ones. Options: --runs N,
// --predictions N, --times N, --most MILLISECONDS; --folder PATH keeps the store there, for the next time. Questions whose
// median is longer than `most` are marked, and end the measurement with status 1.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  contract,
  type Handlers,
  type InputOf,
  type MethodName,
  type OutputOf,
} from '../../src-main/contract/index.ts';
import { openServices } from '../../src-main/engine/services/index.ts';
import { fillWorkspace, type Filled } from '../support/fullStore.ts';
import { figure, handOver, type Figure } from './figures.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    predictions: { type: 'string', default: '5000000' },
    times: { type: 'string', default: '9' },
    most: { type: 'string', default: '100' },
    folder: { type: 'string' },
  },
});
const [runs, predictions, times, most] = [values.runs, values.predictions, values.times, values.most].map(Number) as [
  ...[number, number, number, number],
];

/** A method with its input, and how many rows an answer has. */
interface Question {
  method: MethodName;
  input: object;
  rows(answer: unknown): number;
}
const question = <M extends MethodName>(method: M, input: InputOf<M>, rows: (answer: OutputOf<M>) => number) =>
  ({ method, input, rows }) as Question;
const one = (): number => 1;
const listed = (answer: readonly unknown[]): number => answer.length;
const ofTable = (table: Record<string, unknown[] | { at: unknown[] }>): number =>
  Object.values(table).map((column) => (Array.isArray(column) ? column : column.at).length)[0] ?? 0;

/** What the window asks for, one room after the other. */
const questions = ({ study, run, runs, search, tournament, job }: Filled): Question[] => [
  question('study.list', {}, listed),
  question('study.get', { id: study }, one),
  question('study.edit', { id: study, note: 'seen' }, one),
  question('queue.list', {}, listed),
  question('activity.list', {}, ({ entries }) => entries.length),
  question('activity.list', { before: 5000, limit: 500 }, ({ entries }) => entries.length),
  question('source.list', {}, listed),
  question('catalogue.list', {}, listed),
  question('backbone.curves', { backbone: 'resnet50' }, ({ runs }) => runs.length),
  question('backbone.curves', { backbone: 'resnet50', study }, ({ runs }) => runs.length),
  question('run.list', {}, ofTable),
  question('run.get', { id: run }, one),
  question('run.watch', { id: run }, one),
  question('run.choices', { id: run }, one),
  question('run.curves', { ids: runs.slice(0, 20) }, listed),
  question('run.curves', { ids: runs.slice(0, 200) }, listed),
  question('run.edit', { id: run, note: 'seen' }, one),
  question('run.evaluated', { id: run }, listed),
  question('run.predictions', { id: run, part: 'test' }, ({ images }) => ofTable(images)),
  question('run.predictions', { id: run, part: 'validation' }, ({ images }) => ofTable(images)),
  question('comparison.list', {}, listed),
  question('comparison.get', { id: search }, ({ cells }) => cells.length),
  question('comparison.get', { id: tournament }, ({ cells }) => cells.length),
  question('comparison.watch', { id: search }, ({ cells }) => cells.length),
  question('model.exports', { id: run }, listed),
  question('job.list', {}, listed),
  question('job.get', { id: job }, one),
  question('storage.usage', {}, ({ parts }) => parts.reduce((sum, { files }) => sum + files, 0)),
  question('storage.datasets', {}, listed),
  question('storage.remove', { kind: 'study', ids: [study], withRuns: true, dryRun: true }, ({ runs }) => runs.length),
  question('preferences.get', {}, one),
];

const folder = values.folder === undefined ? mkdtempSync(join(tmpdir(), 'cutpoint-store-')) : resolve(values.folder);
const workspace = join(folder, 'workspace');
const figures: Figure[] = [];
try {
  const filled = await fill();
  console.log(`${(statSync(join(workspace, 'cutpoint.db')).size / 1e6).toFixed(0)} MB\n`);
  const opening = performance.now();
  const { handlers, close } = await openServices({ workspace });
  console.log(`Opened in ${(performance.now() - opening).toFixed(0)} ms.\n`);
  // The process that reads predictions starts when it is first asked, which is none of what is measured here.
  await ask(handlers, question('run.evaluated', { id: filled.run }, listed));
  console.log('| question | rows | first | median | longest | |');
  console.log('|----------|-----:|------:|-------:|--------:|-|');
  for (const each of questions(filled)) {
    const { rows, took: first } = await ask(handlers, each);
    const later: number[] = [];
    for (let time = 0; time < times; time++) later.push((await ask(handlers, each)).took);
    later.sort((a, b) => a - b);
    const [median, longest] = [later[Math.floor(later.length / 2)]!, later.at(-1)!];
    if (median > most) process.exitCode = 1;
    figures.push(
      figure({ figure: `store, ${nameOf(each)}`, unit: 'ms', ours: median, target: { of: 'figure', most } }),
    );
    const cells = [first, median, longest].map((took) => `${took.toFixed(1)} ms`);
    console.log(`| ${nameOf(each)} | ${rows} | ${cells.join(' | ')} | ${median > most ? `over ${most} ms` : ''} |`);
  }
  await close();
  handOver(figures);
} finally {
  if (values.folder === undefined) rmSync(folder, { recursive: true, force: true });
}

/** The store to ask, made where it is not there yet. */
async function fill(): Promise<Filled> {
  const list = join(folder, 'filled.json');
  if (existsSync(list)) return JSON.parse(readFileSync(list, 'utf8')) as Filled;
  const start = performance.now();
  const filled = fillWorkspace(workspace, { runs, predictions });
  writeFileSync(list, JSON.stringify(filled));
  console.log(
    `${runs} runs with ${predictions} predictions stored in ${((performance.now() - start) / 1000).toFixed(0)} s.`,
  );
  return filled;
}

async function ask(handlers: Handlers, { method, input, rows }: Question): Promise<{ rows: number; took: number }> {
  const { input: asked, output } = contract[method];
  const handler = handlers[method] as (input: unknown, call: object) => unknown;
  const start = performance.now();
  const answer = output.parse(
    await handler(asked.parse(input), { signal: new AbortController().signal, progress: () => {} }),
  );
  const took = performance.now() - start;
  return { rows: rows(answer), took };
}

/** With what of its input tells it from others with the same method. */
function nameOf({ method, input }: Question): string {
  const { kind, ids, study, part, before } = input as { [K in 'kind' | 'study' | 'part']?: string } & {
    ids?: string[];
    before?: number;
  };
  const several = kind === undefined && ids !== undefined && `${ids.length} runs`;
  const told = [
    several,
    kind && `a ${kind}, before it is asked for`,
    study && 'of a study',
    part,
    before && 'older',
  ].filter(Boolean);
  return told.length === 0 ? method : `${method} (${told.join(', ')})`;
}
