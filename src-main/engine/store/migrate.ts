import { CutpointError } from '../../contract/errors.ts';
import { atomically, type Writable } from './database.ts';
import { corrupt } from './failures.ts';
import { initial } from './migrations/0001-initial.ts';
import { sourcesAndExports } from './migrations/0002-sources-and-exports.ts';
import { studies } from './migrations/0003-studies.ts';
import { checksums } from './migrations/0004-checksums.ts';
import { movedData } from './migrations/0005-moved-data.ts';
import { rowCopies } from './migrations/0006-row-copies.ts';
import { stages } from './migrations/0007-stages.ts';
import { runRows } from './migrations/0008-run-rows.ts';
import { jobs } from './migrations/0009-jobs.ts';
import { comparisons } from './migrations/0010-comparisons.ts';
import { studiesAsUnits } from './migrations/0011-studies.ts';
import { importedData } from './migrations/0012-imported-data.ts';
import { runChoices } from './migrations/0013-run-choices.ts';
import { balancedAccuracy } from './migrations/0014-balanced-accuracy.ts';
import { testOpenings } from './migrations/0015-test-openings.ts';
import { largeStores } from './migrations/0016-large-stores.ts';
import { smallerBatches } from './migrations/0017-smaller-batches.ts';
import { ownSources } from './migrations/0018-own-sources.ts';
import { sourceStudies } from './migrations/0019-source-studies.ts';
import type { Migration } from './migrations/migration.ts';

export const MIGRATIONS: readonly Migration[] = [
  initial,
  sourcesAndExports,
  studies,
  checksums,
  movedData,
  rowCopies,
  stages,
  runRows,
  jobs,
  comparisons,
  studiesAsUnits,
  importedData,
  runChoices,
  balancedAccuracy,
  testOpenings,
  largeStores,
  smallerBatches,
  ownSources,
  sourceStudies,
];

/** `CutP` in the file's header, so that another program's database is never taken for ours. */
export const APPLICATION_ID = 0x43757450;

const number = (db: Writable, pragma: string) => db.pragma(pragma, { simple: true }) as number;

/**
 * Brings the database to the newest schema; each step is one transaction together with its version number.
 *
 * @param keep called before the first step changes a store that holds something
 * @throws STORE_NEWER where a later Cutpoint wrote it, STORE_CORRUPT where it is damaged or not ours. Neither is changed.
 */
export function migrate(
  db: Writable,
  folder: string,
  migrations = MIGRATIONS,
  keep: (db: Writable, version: number) => void = () => {},
): void {
  const version = number(db, 'user_version');
  const tables = db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() ?? 0;
  if (tables > 0 && number(db, 'application_id') !== APPLICATION_ID) {
    throw corrupt(folder, new Error('cutpoint.db is an SQLite database of another program'));
  }
  const newest = migrations.at(-1)?.version ?? 0;
  if (version > newest) {
    throw new CutpointError('STORE_NEWER', `The workspace '${folder}' was written by a newer version of Cutpoint.`, {
      remedy: 'Install the newer version, or choose another workspace. Nothing was changed.',
      details: { found: version, understood: newest },
    });
  }
  // Trees come first, then rows. One that is damaged is told from the others when it is read, and hides none of them.
  // What a row may hold was looked at when it was written: to do so again for millions of them takes ten seconds.
  db.pragma('ignore_check_constraints = ON');
  const problems = db.prepare<[], string>('PRAGMA quick_check').pluck().all();
  db.pragma('ignore_check_constraints = OFF');
  const ofTrees = problems.find((problem) => problem.startsWith('***'));
  if (ofTrees !== undefined) throw corrupt(folder, new Error(ofTrees));

  // The journal mode cannot change inside a transaction, and only once the file is known to be ours.
  db.pragma('journal_mode = WAL');
  const steps = migrations.filter((migration) => migration.version > version);
  if (version > 0 && steps.length > 0) keep(db, version);
  for (const step of steps) {
    db.unsafeMode(step.editsSchema ?? false);
    try {
      atomically(db, () => {
        db.exec(step.sql);
        db.pragma(`application_id = ${APPLICATION_ID}`);
        db.pragma(`user_version = ${step.version}`);
      });
    } finally {
      db.unsafeMode(false);
    }
  }
}
