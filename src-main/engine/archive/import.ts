import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CallContext, OutputOf } from '../../contract/index.ts';
import { pathOf } from '../../userPath.ts';
import { storeFailure } from '../store/failures.ts';
import type { ArchivedRows } from '../store/queries/archived.ts';
import { runId } from '../store/run-id.ts';
import type { Reader } from '../store/store.ts';
import type { Workspace } from '../store/workspace.ts';
import { saltDigest } from './manifest.ts';
import { damaged, openArchive } from './read.ts';
import { renamed, type Renaming } from './renamed.ts';

/**
 * Takes a study from an archive into the workspace, beside what is there: what has an id that is taken gets another, and
 * weights that are there already are used.
 * @throws CutpointError FILE_NOT_READABLE, ARCHIVE_DAMAGED, ARCHIVE_NEWER, DISK_FULL; nothing is changed then
 */
export async function importArchive(
  workspace: Workspace,
  { file }: { file: string },
  { signal, progress }: CallContext<'study.import'>,
): Promise<OutputOf<'study.import'>> {
  const path = pathOf(file);
  const archive = await openArchive(path);
  const written: string[] = [];
  try {
    const total = archive.manifest.parts.reduce((sum, { bytes }) => sum + bytes, 0);
    let done = 0;
    const onBytes = (bytes: number): void => {
      signal.throwIfAborted();
      done += bytes;
      progress({ done, total });
    };
    const read = await archive.rows(onBytes);
    if (read.studies!.rows.length !== 1) throw damaged(path, 'it does not hold one study');
    const { ids, sources, weights } = namesHere(workspace.store, read);
    const rows = ofThisWorkspace(
      workspace,
      renamed(withWeights(read, weights), { ids, sources }),
      archive.manifest.salt,
    );

    for (const { name } of archive.manifest.parts) {
      const [kind, own, last] = name.split('/') as [string, string, string?];
      if (kind === 'checkpoints') {
        const run = ids.get(own) ?? own;
        if (!valuesOf(rows, 'runs', 'id').includes(run)) throw damaged(path, `'${name}' belongs to no run`);
        const folder = join(workspace.paths.checkpoints, run);
        if (!written.includes(folder)) {
          written.push(folder);
          // Of a run that is not there: an import that was killed left it.
          rmSync(folder, { recursive: true, force: true });
          mkdirSync(folder, { mode: 0o700 });
        }
        await archive.extract(name, join(folder, last!), onBytes);
      }
      if (kind === 'sources') {
        const to = weights.get(Number(/^\d+/.exec(own)?.[0]));
        if (to === undefined) continue;
        const target = join(workspace.paths.sources, to);
        written.push(target);
        await archive.extract(name, target, onBytes);
      }
    }
    signal.throwIfAborted();
    const [study] = (await workspace.commit(['studies', 'import', rows])) as [string];
    written.length = 0;
    const count = (table: string): number => rows[table]!.rows.length;
    return { study, runs: count('runs'), comparisons: count('comparisons') };
  } catch (thrown) {
    throw storeFailure(thrown, workspace.folder);
  } finally {
    for (const each of written) rmSync(each, { recursive: true, force: true });
    await archive.close();
  }
}

const valuesOf = (tables: ArchivedRows, table: string, column: string): string[] => {
  const { columns, rows } = tables[table]!;
  return rows.map((row) => row[columns.indexOf(column)] as string);
};

/** New names for what is taken here, and new files of weights by the place of their source; sources that are here stay. */
function namesHere(store: Reader, rows: ArchivedRows): Renaming & { weights: Map<number, string> } {
  const taken = new Set((['studies', 'runs', 'comparisons'] as const).flatMap((table) => store.storage.ids(table)));
  const ids = new Map<string, string>();
  for (const table of ['studies', 'runs', 'comparisons']) {
    const created = valuesOf(rows, table, 'created_at');
    valuesOf(rows, table, 'id').forEach((id, index) => {
      if (!taken.has(id)) return;
      let other: string;
      do other = runId(new Date(created[index]!));
      while (taken.has(other));
      taken.add(other);
      ids.set(id, other);
    });
  }
  const known = new Map(store.sources.list().map(({ name, sha256 }) => [name.toLowerCase(), sha256]));
  const digests = valuesOf(rows, 'sources', 'sha256');
  const sources = new Map<string, string>();
  const weights = new Map<number, string>();
  valuesOf(rows, 'sources', 'name').forEach((name, index) => {
    if (known.get(name.toLowerCase()) === digests[index]) return;
    let other = name;
    for (let number = 2; known.has(other.toLowerCase()); number++) other = `${name}-${number}`;
    known.set(other.toLowerCase(), digests[index]!);
    if (other !== name) sources.set(name, other);
    weights.set(index, `imported-${randomBytes(8).toString('hex')}.safetensors`);
  });
  return { ids, sources, weights };
}

/** Sources with their new files; those that are here already are left out. */
function withWeights(tables: ArchivedRows, weights: ReadonlyMap<number, string>): ArchivedRows {
  const { columns, rows } = tables.sources!;
  const place = columns.indexOf('weights_file');
  const own = rows.flatMap((row, index) => (weights.has(index) ? [row.with(place, weights.get(index)!)] : []));
  return { ...tables, sources: { columns, rows: own } };
}

/** Without lists of images that are here already; of others it is noted whose salt hashed their patients. */
function ofThisWorkspace(workspace: Workspace, tables: ArchivedRows, salt: string): ArchivedRows {
  const here = new Set(workspace.store.storage.ids('datasets'));
  const without = (table: string, key: string) => {
    const { columns, rows } = tables[table]!;
    return { columns, rows: rows.filter((row) => !here.has(row[columns.indexOf(key)] as string)) };
  };
  const { columns, rows } = without('datasets', 'id');
  const place = columns.indexOf('salt');
  const own = saltDigest(workspace.salt);
  const marked = rows.map((row) => {
    const from = row[place] ?? salt;
    return row.with(place, from === own ? null : from);
  });
  return {
    ...tables,
    datasets: { columns, rows: marked },
    images: without('images', 'dataset_id'),
    dataset_moves: without('dataset_moves', 'dataset_id'),
  };
}
