import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../src-main/engine/store/database.ts';
import { migrate, MIGRATIONS } from '../../../src-main/engine/store/migrate.ts';
import { type Migration } from '../../../src-main/engine/store/migrations/migration.ts';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { temporaryFolder } from '../../support/folder.ts';

const add: Migration = {
  version: MIGRATIONS.length + 1,
  sql: `ALTER TABLE audit_log ADD COLUMN engine TEXT NOT NULL DEFAULT 'unknown'`,
};
const broken: Migration = { version: add.version + 1, sql: `CREATE TABLE half (a TEXT) STRICT; SELECT nonsense` };

test('versions are 1, 2, 3, … without a gap', () => {
  expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});

test('an older store is brought forward with its rows; a step that fails leaves none of itself', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'cutpoint.db');
  const workspace = openWorkspace(folder);
  workspace.store.log.append('run.created', 'r1');
  workspace.close();

  const db = openDatabase(path);
  expect(() => migrate(db, folder, [...MIGRATIONS, add, broken])).toThrow(/nonsense/);
  expect(db.pragma('user_version', { simple: true })).toBe(add.version);
  expect(db.prepare('SELECT what, object, engine FROM audit_log').all()).toEqual([
    { what: 'run.created', object: 'r1', engine: 'unknown' },
  ]);
  expect(db.prepare(`SELECT name FROM sqlite_schema WHERE name = 'half'`).all()).toEqual([]);
  db.close();
});

test('a store of a newer Cutpoint is refused and left as it is', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'cutpoint.db');
  openWorkspace(folder).close();
  const db = openDatabase(path);
  migrate(db, folder, [...MIGRATIONS, add]);
  db.close();
  const before = readFileSync(path);
  expect(() => openWorkspace(folder)).toThrow(
    expect.objectContaining({ code: 'STORE_NEWER', details: { found: add.version, understood: MIGRATIONS.length } }),
  );
  expect(readFileSync(path).equals(before)).toBe(true);
});

test("another program's database is refused and left as it is", () => {
  const folder = temporaryFolder();
  const path = join(folder, 'cutpoint.db');
  const db = new Sqlite(path);
  db.exec('CREATE TABLE addresses (name TEXT)');
  db.close();
  const before = readFileSync(path);
  expect(() => openWorkspace(folder)).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
  expect(readFileSync(path).equals(before)).toBe(true);
});
