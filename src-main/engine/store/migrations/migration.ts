/** One step of the schema. Never edited once released: a change is the next number. */
export interface Migration {
  version: number;
  sql: string;
}
