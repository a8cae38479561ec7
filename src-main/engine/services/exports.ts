import type { ExportRecord } from '../../contract/model.ts';

/** The last export of each path, the newest first. */
export function newestExports(records: readonly ExportRecord[]): ExportRecord[] {
  const byPath = new Map(records.map((record) => [record.path, record]));
  return [...byPath.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}
