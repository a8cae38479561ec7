import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src-main/engine/store/database.ts';
import { migrate, MIGRATIONS } from '../../src-main/engine/store/migrate.ts';
import { openWorkspace } from '../../src-main/engine/store/workspace.ts';
import { exampleDataset } from '../support/dataset.ts';
import { temporaryFolder } from '../support/folder.ts';

test('a dataset lies where it was read, until it is moved, and again once it is read anew', () => {
  const folder = temporaryFolder();
  const db = openDatabase(join(folder, 'cutpoint.db'));
  migrate(db, folder, MIGRATIONS.slice(0, 4));
  db.close();
  const workspace = openWorkspace(folder);
  onTestFinished(() => workspace.close());
  const { datasets } = workspace.store;
  const dataset = exampleDataset();
  const id = datasets.save(dataset);
  expect(datasets.load(id).selection.folder).toBe(dataset.selection.folder);
  datasets.move(id, '/elsewhere');
  datasets.move(id, '/elsewhere/again');
  expect(datasets.load(id)).toEqual({
    ...datasets.load(id),
    selection: { ...dataset.selection, folder: '/elsewhere/again' },
  });
  expect(datasets.load(id).images).toEqual(dataset.images);
  expect(datasets.save(dataset)).toBe(id);
  expect(datasets.load(id).selection.folder).toBe(dataset.selection.folder);
});
