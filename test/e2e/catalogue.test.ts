import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contract } from '../../src-main/contract/index.ts';
import { folderForFile } from '../support/folder.ts';
import { runSummary } from '../../src-main/contract/run.ts';
import { failure, json, run } from './support/cutpoint.ts';
import { writeStudy } from './support/study.ts';

// The first start itself is looked at here, and not a copy of one.
delete process.env.CUTPOINT_TESTS_FIRST_START;

const folder = folderForFile();
const workspace = ['--workspace', join(folder, 'workspace')];

test('the catalogue names every entry, the weights that are here already, and the file to look for', async () => {
  const entries = await json(contract['catalogue.list'].output, ['catalogue', ...workspace]);
  const bundled = entries.find((entry) => entry.bundled !== null && !entry.fetched)!;
  expect(bundled.source).toBe(bundled.id);
  // What set-up could fetch is a source; its licence is shown with it.
  for (const { id, source, licence } of entries.filter((entry) => entry.fetched && entry.source !== null)) {
    expect((await run(['sources', ...workspace])).stdout).toContain(licence);
    expect((await run(['catalogue', 'show', id, ...workspace])).stdout).toMatch(
      /Text of the licence[^]*Apache[^]*Model card/,
    );
    expect(source).toBe(id);
  }
  const { stdout } = await run(['catalogue', ...workspace]);
  for (const { id, file } of entries) {
    const line = stdout.split('\n').find((each) => each.startsWith(`${id} `));
    expect(line).toContain(file);
  }
});

test('a folder is enough to train: the weights that come with Cutpoint, cut, and what was chosen in a line', async () => {
  const study = join(folder, 'study');
  await writeStudy(study);
  const quick = ['--input', '32', '--epochs', '1', '--batch', '4'];
  const trained = await run(['train', '--data', study, ...quick, '--json', ...workspace]);
  const { plan, status } = runSummary.parse(JSON.parse(trained.stdout));
  const [first] = (await json(contract['catalogue.list'].output, ['catalogue', ...workspace])).filter(
    (entry) => entry.bundled !== null && entry.source !== null,
  );
  expect(status).toBe('completed');
  expect(plan).toMatchObject({ source: first!.source, backbone: first!.backbone, strategy: 'truncated' });
  expect(trained.stderr).toContain(`from '${plan.source}', cut after ${plan.cut}.`);
});

test('what is not offered for download, or unknown, is refused without a connection', async () => {
  const refused = await failure(['catalogue', 'download', 'radimagenet-resnet50', ...workspace]);
  expect(refused).toMatchObject({ status: 1, code: 'DOWNLOAD_FAILED' });
  const unknown = await failure(['catalogue', 'download', 'nothing', ...workspace]);
  expect(unknown).toMatchObject({ status: 1, code: 'CATALOGUE_UNKNOWN' });
});
