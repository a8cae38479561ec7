import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contract } from '../../src-main/contract/index.ts';
import { folderForFile } from '../support/folder.ts';
import { failure, json, run } from './support/cutpoint.ts';

const workspace = ['--workspace', join(folderForFile(), 'workspace')];

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

test('what is not offered for download, or unknown, is refused without a connection', async () => {
  const refused = await failure(['catalogue', 'download', 'radimagenet-resnet50', ...workspace]);
  expect(refused).toMatchObject({ status: 1, code: 'DOWNLOAD_FAILED' });
  const unknown = await failure(['catalogue', 'download', 'nothing', ...workspace]);
  expect(unknown).toMatchObject({ status: 1, code: 'CATALOGUE_UNKNOWN' });
});
