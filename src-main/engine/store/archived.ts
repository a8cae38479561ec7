import { openDatabase } from './database.ts';
import { migrate, MIGRATIONS } from './migrate.ts';
import { ARCHIVED_TABLES, insertRows, rowsOf, type ArchivedRows } from './queries/archived.ts';

/** The version of the store whose rows this program writes into archives. */
export const STORE_VERSION = MIGRATIONS.at(-1)!.version;

/**
 * Rows of an earlier version of the store as rows of today's: written into a store of that version, in memory, which is
 * then migrated like any other. What SQLite refuses there (a wrong type, a row that leads nowhere) is refused here.
 * @throws Error where they are no rows of such a store
 */
export function rowsOfToday(version: number, tables: ArchivedRows): ArchivedRows {
  const db = openDatabase(':memory:');
  try {
    migrate(
      db,
      ':memory:',
      MIGRATIONS.filter((migration) => migration.version <= version),
    );
    insertRows(db, tables);
    migrate(db, ':memory:');
    return Object.fromEntries(ARCHIVED_TABLES.map((table) => [table, rowsOf(db, table)]));
  } finally {
    db.close();
  }
}
