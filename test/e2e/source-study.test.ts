import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { contract } from '../../src-main/contract/index.ts';
import { folderForFile } from '../support/folder.ts';
import { json, run, start } from './support/cutpoint.ts';
import { killEngine } from './support/engine.ts';
import { writeStudy } from './support/study.ts';

const shown = contract['sourceStudy.get'].output.extend({ result: contract['sourceStudy.result'].output.nullable() });
const folder = folderForFile();
const calm = join(folder, 'calm');
const workspace = join(folder, 'workspace');
const plan = join(folder, 'plan.json');
const RUNS = 8;

beforeAll(async () => {
  for (const name of ['one', 'two']) await writeStudy(join(folder, name));
  writeFileSync(
    plan,
    JSON.stringify({
      targets: ['one', 'two'].map((name) => ({ name, data: { folder: name } })),
      sources: ['formula-pictures'],
      backbones: ['mobilenet_v2_050_keras'],
      folds: 2,
      seeds: [0],
      settings: { input: 32, epochs: 1, batch: 8, learningRate: 3e-3 },
    }),
  );
});

/** The table without the names of runs, which are others in another workspace. */
const tableIn = async (id: string, place: string): Promise<string[]> => {
  const { stdout } = await run(['source-study', 'rows', id, '--csv', '--workspace', place]);
  return stdout.trim().split('\n').map((line) => line.slice(0, line.lastIndexOf(','))); // prettier-ignore
};

test('killed half-way and resumed, a source study gives the table of one left alone', async () => {
  const dry = z.object({ runs: z.int() });
  expect(await json(dry, ['source-study', 'start', plan, '--dry-run', '--workspace', calm])).toMatchObject({
    runs: RUNS,
  });
  const alone = await json(shown, ['source-study', 'start', plan, '--open-test', 'to compare', '--workspace', calm]);
  expect(alone).toMatchObject({ status: 'completed', leftOut: [] });
  const expected = await tableIn(alone.id, calm);
  expect(expected[0]).toBe('source,target,fold,auc,seed,backbone,cut');
  expect(expected).toHaveLength(1 + RUNS);

  const command = start(['source-study', 'start', plan, '--workspace', workspace]);
  const [, id = ''] = await command.until(/^source study (\S+)$/m);
  await command.until(/^run 2 of 4 /m);
  expect(killEngine(workspace)).toBe(true);
  const { status, stderr } = await command.ended;
  expect(status).toBe(1);
  expect(stderr).toMatch(new RegExp(`source-study resume ${id}$`, 'm'));

  const left = await json(shown, ['source-study', 'show', id, '--workspace', workspace]);
  expect(left).toMatchObject({ status: 'interrupted', result: null });
  const resume = ['source-study', 'resume', id, '--workspace', workspace];
  const resumed = await json(shown, resume);
  expect(resumed).toMatchObject({ status: 'completed', testOpened: null, result: null });
  await run(['open-test', id, '--reason', 'to compare', '--workspace', workspace]);
  expect(await tableIn(id, workspace)).toEqual(expected);
  const text = (await run(['source-study', 'show', id, '--workspace', workspace])).stdout;
  expect(text).toMatch(/Transferability: AUROC from a source/);
  expect(text).not.toContain('Distance against transferability');

  const distances = join(folder, 'distances.csv');
  writeFileSync(
    distances,
    'source,target,distance\nformula-pictures,one,0.2\nformula-pictures,two,0.3\nother,two,0.1\n',
  );
  const beside = await json(shown, ['source-study', 'show', id, '--distances', distances, '--workspace', workspace]);
  expect(beside.result!.analysis!.distances!.values).toEqual([[0.2, 0.3]]);
  expect(beside.result!.analysis!.spearman).toMatchObject({ n: 2 });
  expect(beside.result!.sentences.join(' ')).toContain('Distances without a transferability, and not used: 1.');
}, 240_000);
