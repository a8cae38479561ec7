import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { scanIn } from '../../../src-main/engine/cohort/scanned.ts';
import { dataSelection } from '../../../src-main/contract/data.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put, smallPng } from '../../support/pictures.ts';

it('readers ask whether a run trains, and find the same where one does', async () => {
  const folder = temporaryFolder();
  for (const name of ['a', 'b']) {
    mkdirSync(join(folder, name));
    for (let at = 0; at < 3; at++) put(join(folder, name), `${at}.png`, await smallPng(at + (name === 'a' ? 0 : 10)));
  }
  const found = async (trains: boolean): Promise<string> => {
    const someTrains = vi.fn(() => trains);
    const workspace = { salt: Buffer.alloc(32), paths: { facts: temporaryFolder() }, store: { runs: { someTrains } } };
    const dataset = await scanIn(workspace as never, dataSelection.parse({ folder }), {});
    expect(someTrains).toHaveBeenCalled();
    expect(dataset.images).toHaveLength(6);
    return createHash('sha256').update(JSON.stringify(dataset)).digest('hex');
  };
  expect(await found(true)).toBe(await found(false));
});
