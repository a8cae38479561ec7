import Sqlite from 'better-sqlite3';

declare const writable: unique symbol;

/** A handle for questions only: nothing that takes one can change the store. */
export type Readable = Pick<Sqlite.Database, 'prepare'>;

/** The one connection that may change the store, held by the owner of the workspace lock. */
export type Writable = Sqlite.Database & { readonly [writable]: true };

/**
 * Opens (or creates) the database with the settings everything relies on; does not migrate.
 *
 * `synchronous = FULL`, not NORMAL: in WAL mode both survive SIGKILL, but only FULL syncs the log at every commit, so a
 * finished epoch is also there after a power cut. There are few commits (about one per epoch), each costs milliseconds.
 */
export function openDatabase(path: string): Writable {
  const db = new Sqlite(path, { timeout: 5000 });
  try {
    db.pragma('foreign_keys = ON');
    db.pragma('synchronous = FULL');
    db.pragma('trusted_schema = OFF');
    // What is deleted is overwritten: names of files may be names of patients.
    db.pragma('secure_delete = ON');
    // Otherwise INSERT OR REPLACE would pass by the triggers that keep the audit log append-only.
    db.pragma('recursive_triggers = ON');
    keepStatements(db);
    return db as Writable;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Opens the database of another process's workspace, for questions only. */
export function openForReading(path: string): Sqlite.Database {
  const db = new Sqlite(path, { readonly: true, timeout: 5000 });
  db.pragma('trusted_schema = OFF');
  keepStatements(db);
  return db;
}

/** Each text is prepared at its first use and kept: lists ask the same questions for every row. */
function keepStatements(db: Sqlite.Database): void {
  const kept = new Map<string, Sqlite.Statement>();
  const prepare = db.prepare.bind(db) as (sql: string) => Sqlite.Statement;
  db.prepare = ((sql: string) => {
    const known = kept.get(sql) ?? prepare(sql);
    kept.set(sql, known);
    // As new: another use of the same text may have asked for its rows in another form.
    return known.reader ? known.pluck(false).raw(false) : known;
  }) as Sqlite.Database['prepare'];
}

/** The keys of a table, from its index: a row that is damaged keeps no other from being found. */
export const keysOf = (
  db: Readable,
  table: 'studies' | 'runs' | 'comparisons' | 'sources' | 'datasets' | 'source_studies',
  key = 'id',
): string[] => db.prepare<[], string>(`SELECT ${key} FROM ${table}`).pluck().all();

/** The keys of those rows of a table that belong to a study. */
export const keysOfStudy = (db: Readable, table: 'runs' | 'comparisons', study: string): string[] =>
  db.prepare<[string], string>(`SELECT id FROM ${table} WHERE study_id = ?`).pluck().all(study);

type Dated = { createdAt: string; id: string };
export const newestFirst = (a: Dated, b: Dated): number =>
  a.createdAt === b.createdAt ? (a.id < b.id ? 1 : -1) : a.createdAt < b.createdAt ? 1 : -1;

/** Runs `work` in one transaction: all of it is stored, or nothing. Nested calls join the outer one. */
export function atomically<R>(db: Writable, work: () => R): R {
  return db.transaction(work).immediate();
}
