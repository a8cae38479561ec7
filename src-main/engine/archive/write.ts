import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, readdirSync, rmSync } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { CutpointError } from '../../contract/errors.ts';
import type { CallContext, OutputOf } from '../../contract/index.ts';
import { makeFolder } from '../../makeFolder.ts';
import { pathOf } from '../../userPath.ts';
import { version } from '../../version.ts';
import { STORE_VERSION } from '../store/archived.ts';
import type { Reader } from '../store/store.ts';
import type { Workspace } from '../store/workspace.ts';
import { ARCHIVE_VERSION, FORMAT, MANIFEST, saltDigest, type Manifest } from './manifest.ts';
import { sourcesOf } from './sources.ts';

/** A file of an archive before it is read. */
interface Part {
  name: string;
  bytes: number;
  read(): AsyncIterable<Buffer>;
}

/**
 * Writes a study to one zip file: its rows as JSON, the checkpoints of its runs and the weights that its plans name, each
 * with its SHA-256 in a manifest. No images, and no salt. The file appears once it is whole; only its owner can read it.
 * @throws CutpointError STUDY_UNKNOWN, IN_USE while it trains, STORE_CORRUPT, FILE_EXISTS, FOLDER_NOT_WRITABLE, DISK_FULL
 */
export async function archiveStudy(
  workspace: Workspace,
  { id, file, overwrite }: { id: string; file: string; overwrite: boolean },
  { signal, progress }: CallContext<'study.archive'>,
): Promise<OutputOf<'study.archive'>> {
  const { store } = workspace;
  const { name } = store.studies.get(id);
  const path = pathOf(file);
  if (existsSync(path) && !overwrite) {
    throw new CutpointError('FILE_EXISTS', `There is already a file '${path}'.`, {
      remedy: 'Choose another name, or say that it may be replaced.',
    });
  }
  const runs = store.runs.list(id);
  const comparisons = store.comparisons.list(id);
  const going = [...runs, ...comparisons].find(({ status }) => ['queued', 'running', 'paused'].includes(status));
  if (going) {
    throw new CutpointError('IN_USE', `${going.id} of this study is ${going.status}.`, {
      remedy: 'Wait until it has ended, or stop it. Then archive the study.',
    });
  }
  const sources = sourcesOf(store, id);
  const rows = store.studies.rows(id, sources);
  requireWhole(store, rows);

  const parts: Part[] = Object.entries(rows).map(([table, own]) => {
    const text = Buffer.from(JSON.stringify(own));
    return {
      name: `rows/${table}.json`,
      bytes: text.length,
      read: () => Readable.from([text]) as AsyncIterable<Buffer>,
    };
  });
  const weights = valuesOf(rows, 'sources', 'weights_file');
  const files = [
    ...valuesOf(rows, 'runs', 'id').flatMap((run) => filesIn(workspace.paths.checkpoints, run)),
    // By their place among the rows: their names here are of no matter elsewhere.
    ...weights.map((each, index) => [`sources/${index}.safetensors`, join(workspace.paths.sources, each)] as const),
  ];
  for (const [part, from] of files) {
    const found = await stat(from).catch(() => null);
    // What is lost here is lost there too: the rows say so when it is asked for.
    if (found?.isFile()) parts.push({ name: part, bytes: found.size, read: () => createReadStream(from, { signal }) });
  }
  const about = { format: FORMAT, version: ARCHIVE_VERSION, store: STORE_VERSION, cutpoint: version } as const;
  const salt = saltDigest(workspace.salt);
  const manifest: Manifest = { ...about, createdAt: new Date().toISOString(), study: { id, name }, salt, parts: [] };
  await writeZip(path, { parts, manifest, signal, progress });
  return { file: path, bytes: (await stat(path)).size, runs: runs.length, comparisons: comparisons.length };
}

/** @throws CutpointError STORE_CORRUPT: what is damaged would look whole in the archive */
function requireWhole(store: Reader, rows: ReturnType<Reader['studies']['rows']>): void {
  for (const [kind, table] of [
    ['run', 'runs'],
    ['comparison', 'comparisons'],
    ['dataset', 'datasets'],
  ] as const) {
    const [damaged] = store.storage.damagedOf(kind, valuesOf(rows, table, 'id'));
    if (!damaged) continue;
    throw new CutpointError(damaged.code, damaged.message, {
      remedy: 'Remove what is damaged, or restore a backup. Then archive the study.',
    });
  }
}

const valuesOf = (rows: ReturnType<Reader['studies']['rows']>, table: string, column: string): string[] => {
  const { columns, rows: own } = rows[table]!;
  return own.map((row) => row[columns.indexOf(column)] as string);
};

function filesIn(checkpoints: string, run: string): (readonly [string, string])[] {
  const folder = join(checkpoints, run);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => !name.endsWith('.partial'));
  return names.map((name) => [`checkpoints/${run}/${name}`, join(folder, name)] as const);
}

async function writeZip(
  path: string,
  {
    parts,
    manifest,
    signal,
    progress,
  }: { parts: readonly Part[]; manifest: Manifest } & Pick<CallContext<'study.archive'>, 'signal' | 'progress'>,
): Promise<void> {
  const partial = join(dirname(path), `.${basename(path)}-${randomBytes(4).toString('hex')}.partial`);
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const zip = new yazl.ZipFile();
  const failed = new Promise<never>((_, reject) => zip.on('error', reject));
  failed.catch(() => {});
  for (const { name, read } of parts) {
    const hashed = async function* () {
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const chunk of read()) {
        signal.throwIfAborted();
        hash.update(chunk);
        bytes += chunk.length;
        done += chunk.length;
        progress({ done, total });
        yield chunk;
      }
      manifest.parts.push({ name, bytes, sha256: hash.digest('hex') });
    };
    zip.addReadStreamLazy(name, PLAIN, (answer) => answer(null, Readable.from(hashed(), { objectMode: false })));
  }
  // Its turn comes when all digests are known.
  const last = (): Readable => Readable.from([Buffer.from(JSON.stringify(manifest, null, 1))], { objectMode: false });
  zip.addReadStreamLazy(MANIFEST, PLAIN, (answer) => answer(null, last()));
  zip.end();
  try {
    makeFolder(dirname(path));
    const out = createWriteStream(partial, { flags: 'wx', mode: 0o600 });
    await Promise.race([pipeline(zip.outputStream, out, { signal }), failed]);
    const written = await open(partial, 'r+');
    await written.sync().finally(() => written.close());
    await rename(partial, path);
  } catch (thrown) {
    rmSync(partial, { force: true });
    throw signal.aborted ? signal.reason : notWritten(thrown, path);
  }
}

/** Neither weights nor digits of hashes can be packed, and what is not packed is read from any place. */
const PLAIN = { compress: false, mode: 0o600 };

function notWritten(thrown: unknown, path: string): unknown {
  if (thrown instanceof CutpointError) return thrown;
  const code = String((thrown as NodeJS.ErrnoException).code ?? '');
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new CutpointError('DISK_FULL', `The disk is full: the archive could not be written to '${path}'.`, {
      remedy: 'Free some space, or choose another disk. Nothing was left behind.',
      cause: thrown,
    });
  }
  if (code === '') return thrown;
  return new CutpointError('FOLDER_NOT_WRITABLE', `The archive could not be written to '${path}' (${code}).`, {
    remedy: 'Choose a folder in which you may create files. Nothing was left behind.',
    cause: thrown,
  });
}
