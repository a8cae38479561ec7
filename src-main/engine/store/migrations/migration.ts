/** One step of the schema. Never edited once released: a change is the next number. */
export interface Migration {
  version: number;
  sql: string;
  /** It changes the text of a table in `sqlite_schema`, which SQLite refuses unless it is asked for. */
  editsSchema?: true;
}
