import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { contract, type Contract, type MethodName } from '../../src-main/contract/index.ts';
import { runRow } from '../../src-main/contract/run.ts';
import { studyDetails } from '../../src-main/contract/study.ts';
import { folderForFile } from '../support/folder.ts';
import { serveForFile } from '../support/serve.ts';
import { failure, json, run } from './support/cutpoint.ts';
import { TINY, writeStudy } from './support/study.ts';

const folder = folderForFile();
const images = join(folder, 'chest');
const workspace = ['--workspace', join(folder, 'workspace')];
const elsewhere = ['--workspace', join(folder, 'elsewhere')];
const output = <M extends MethodName>(method: M): Contract[M]['output'] => contract[method].output;
const shown = studyDetails.extend({ runRows: z.array(runRow), comparisonRows: z.array(z.unknown()) });

serveForFile(workspace[1]!);
beforeAll(async () => void (await writeStudy(images)));

test('a study on the command line: made, trained in, noted, duplicated, archived, removed and imported', async () => {
  const made = await json(shown, ['study', 'create', '--name', 'Chest', '--data', images, ...workspace]);
  expect(made).toMatchObject({ name: 'Chest', folder: images, runRows: [] });
  const other = await json(shown, ['study', 'duplicate', made.id, ...workspace]);
  expect(other.name).toBe('Chest 2');

  const train = ['train', '--data', images, ...TINY, '--epochs', '1', ...workspace];
  const first = await json(output('run.get'), [...train, '--study', made.id, '--open-test', 'first figures']);
  expect(first).toMatchObject({ study: made.id, testOpened: { times: 1 } });
  // Without a name it is the one with these data that was opened last.
  expect((await json(output('run.get'), train)).study).toBe(other.id);
  const unknown = await failure([...train, '--study', 'nobody']);
  expect(unknown).toMatchObject({ status: 1, code: 'STUDY_UNKNOWN' });

  const edited = ['run', first.id, '--name', 'Half', '--star', '--note', 'Look again.', ...workspace];
  const named = await json(output('run.get'), edited);
  expect(named).toMatchObject({ name: 'Half', starred: true, note: 'Look again.', testOpened: { times: 1 } });
  const text = await run(['study', 'edit', made.id, '--note', 'Two scanners.', ...workspace]);
  expect(text.stdout).toMatch(/‘Chest’[^]*Two scanners\.[^]*\* Half/);
  const list = await run(['studies', ...workspace]);
  expect(list.stdout).toMatch(/Chest 2[^]*Chest /);
  const { stdout: activity } = await run(['activity', '--limit', '20', ...workspace]);
  expect(activity).toContain('The test figures of run ‘Half’ were looked at.');

  const file = join(folder, 'chest.zip');
  const archived = await json(output('study.archive'), ['study', 'archive', made.id, file, ...workspace]);
  expect(archived).toMatchObject({ file, runs: 1, comparisons: 0 });
  const taken = await failure(['study', 'archive', made.id, file, ...workspace]);
  expect(taken).toMatchObject({ status: 1, code: 'FILE_EXISTS' });

  const before = (await json(output('model.predict'), ['predict', first.id, images, ...workspace])).predictions;
  const asked = await failure(['remove', 'study', made.id, '--with-runs', ...workspace]);
  expect(asked).toMatchObject({ code: 'NOT_CONFIRMED' });
  await run(['remove', 'study', made.id, '--with-runs', '--yes', ...workspace]);
  expect(existsSync(join(folder, 'workspace', 'checkpoints', first.id))).toBe(false);
  expect(readdirSync(images).length).toBeGreaterThan(0);

  for (const place of [workspace, elsewhere]) {
    const imported = await json(output('study.import'), ['study', 'import', file, ...place]);
    expect(imported).toMatchObject({ study: made.id, runs: 1 });
    const back = await json(shown, ['study', made.id, ...place]);
    expect(back).toMatchObject({ name: 'Chest', note: 'Two scanners.', runRows: [{ id: first.id, name: 'Half' }] });
    const { predictions } = await json(output('model.predict'), ['predict', first.id, images, ...place]);
    expect(predictions).toEqual(before);
  }
}, 300_000);
