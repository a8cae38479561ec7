import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { contract } from '../../src-main/contract/index.ts';
import { runRow } from '../../src-main/contract/run.ts';
import type { ComparisonSummary } from '../../src-main/contract/comparison/index.ts';
import { folderForFile } from '../support/folder.ts';
import { failure, json, run, start } from './support/cutpoint.ts';
import { killEngine } from './support/engine.ts';
import { writeStudy } from './support/study.ts';

const summary = contract['comparison.get'].output;
const folder = folderForFile();
const study = join(folder, 'study');
const calm = join(folder, 'calm');
const workspace = join(folder, 'workspace');
const STRATEGIES = ['full', 'truncated', 'layerwise', 'transfusion'];
const tournament = [
  ...['tournament', '--data', study, '--backbone', 'mobilenet_v2_050_keras', '--sources', 'formula-pictures'],
  ...['--strategies', STRATEGIES.join(), '--cuts', 'block_2_add', '--folds', '2', '--input', '32', '--batch', '8'],
  ...['--epochs', '1', '--lr', '0.003', '--split-validation', '0.25'],
];
const RUNS = 2 * STRATEGIES.length;

beforeAll(() => writeStudy(study));

/** All that a tournament computed, but what depends on the clock and the names of its runs. */
const numbersOf = ({ cells, result }: ComparisonSummary) => ({
  cells: cells.map(({ run: _run, trainingSeconds: _seconds, ...numbers }) => numbers),
  result: result?.kind === 'tournament' && {
    ...result,
    rows: result.rows.map(({ latency: _latency, convergence, ...row }) => ({ ...row, epochs: convergence?.epochs })),
  },
});

test('four strategies on two folds: killed half-way and resumed, the result is that of a tournament left alone', async () => {
  const alone = await json(summary, [...tournament, '--open-test', 'to compare', '--workspace', calm]);
  expect(alone).toMatchObject({ kind: 'tournament', status: 'completed', error: null });
  expect(alone.cells.map(({ status }) => status)).toEqual(Array(RUNS).fill('completed'));
  if (alone.result?.kind !== 'tournament') throw new Error('no result');
  expect(alone.result.rows.map(({ strategy }) => strategy)).toEqual(STRATEGIES);
  for (const row of alone.result.rows) {
    expect(row).toMatchObject({ runs: 2, failures: 0, auroc: { n: 2 } });
    expect(row.latency).toBeGreaterThan(0);
  }
  expect(alone.result).toMatchObject({ images: 32, patients: 32 });

  const command = start([...tournament, '--workspace', workspace]);
  const [, id = ''] = await command.until(/^comparison (\S+)$/m);
  await command.until(new RegExp(`^run ${RUNS / 2} of ${RUNS} `, 'm'));
  expect(killEngine(workspace)).toBe(true);
  const { status, stderr } = await command.ended;
  expect(status).toBe(1);
  expect(stderr).toContain('error [ENGINE_CRASHED]');
  expect(stderr).toMatch(new RegExp(`resume ${id}$`, 'm'));

  const left = await json(summary, ['comparison', id, '--workspace', workspace]);
  expect(left).toMatchObject({ status: 'interrupted', result: null });
  expect(left.cells.length).toBeGreaterThanOrEqual(RUNS / 2);
  expect(left.cells.length).toBeLessThan(RUNS);

  const resumed = await json(summary, ['resume', id, '--open-test', 'to compare', '--workspace', workspace]);
  expect(resumed.status).toBe('completed');
  expect(numbersOf(resumed)).toEqual(numbersOf(alone));
  // What was finished before the kill was kept, and no run was begun twice.
  const kept = left.cells.map(({ testAuroc: _, testAuprc: __, ...rest }) => rest);
  expect(resumed.cells.slice(0, left.cells.length)).toMatchObject(kept);
  const runs = await json(z.array(runRow), ['runs', '--workspace', workspace]);
  expect(runs.map((each) => each.comparison)).toEqual(Array(RUNS).fill(id));
}, 240_000);

test('it is listed and shown in words', async () => {
  const list = await run(['comparisons', '--workspace', calm]);
  expect(list.stdout).toMatch(/tournament\s+completed.*mobilenet_v2_050_keras\s+8\s+0/);
  const id = /^(\S+)\s+tournament/m.exec(list.stdout)![1]!;
  const shown = await run(['comparison', id, '--workspace', calm]);
  expect(shown.stdout).toMatch(/^Runs +8 runs/m);
  expect(shown.stdout).toMatch(/^Source +formula-pictures$/m);
});

test('a margin of zero is refused before anything is read', async () => {
  const margin = await failure([...tournament, '--margin', '0', '--workspace', calm]);
  expect(margin).toMatchObject({ code: 'INPUT_INVALID', status: 1 });
  expect(margin.message).toBe("--margin must be a number above 0 and below 0.5; '0' is not.");
});
