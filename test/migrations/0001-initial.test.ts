import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src-main/engine/store/database.ts';
import { migrate } from '../../src-main/engine/store/migrate.ts';
import { initial } from '../../src-main/engine/store/migrations/0001-initial.ts';
import { temporaryFolder } from '../support/folder.ts';

function migrated() {
  const folder = temporaryFolder();
  const db = openDatabase(join(folder, 'cutpoint.db'));
  onTestFinished(() => {
    db.close();
  });
  migrate(db, folder, [initial]);
  return db;
}

test('every table is STRICT, and the connection has the settings on which durability rests', () => {
  const db = migrated();
  const tables = db.pragma('table_list') as { name: string; schema: string; type: string; strict: number }[];
  const ours = tables.filter((table) => table.schema === 'main' && !table.name.startsWith('sqlite_'));
  expect(ours.map((table) => table.name).sort()).toEqual([
    'audit_log',
    'datasets',
    'epochs',
    'evaluations',
    'exports',
    'images',
    'predictions',
    'runs',
    'sources',
    'splits',
    'workspace',
  ]);
  expect(ours.filter((table) => table.strict !== 1)).toEqual([]);
  const settings = ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout', 'user_version'];
  // 2 is FULL.
  expect(settings.map((name) => db.pragma(name, { simple: true }))).toEqual(['wal', 2, 1, 5000, 1]);
});

test('a value of the wrong type is refused, and a row without the one it refers to', () => {
  const db = migrated();
  const run = `INSERT INTO runs (id, status, created_at, plan, classes, parameters, macs, dataset_id)`;
  expect(() => db.exec(`${run} VALUES ('r', 'queued', '', '', '', 'many', 1, NULL)`)).toThrow(/cannot store TEXT/);
  expect(() => db.exec(`${run} VALUES ('r', 'resting', '', '', '', 1, 1, NULL)`)).toThrow(/CHECK/);
  expect(() => db.exec(`${run} VALUES ('r', 'queued', '', '', '', 1, 1, 'none')`)).toThrow(/FOREIGN KEY/);
  db.exec(`${run} VALUES ('r', 'queued', '', '', '', 1, 1, NULL)`);
});

test('the audit log only grows', () => {
  const db = migrated();
  db.exec(`INSERT INTO audit_log (at, what, object) VALUES ('now', 'run.created', 'r')`);
  expect(() => db.exec(`DELETE FROM audit_log`)).toThrow(/append-only/);
  expect(() => db.exec(`UPDATE audit_log SET object = 'other'`)).toThrow(/append-only/);
  expect(() => db.exec(`INSERT OR REPLACE INTO audit_log (id, at, what, object) VALUES (1, '', '', '')`)).toThrow(
    /append-only/,
  );
});
