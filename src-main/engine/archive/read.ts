import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { z } from 'zod';
import { CutpointError } from '../../contract/errors.ts';
import { rowsOfToday, STORE_VERSION } from '../store/archived.ts';
import { ARCHIVED_TABLES, type ArchivedRows } from '../store/queries/archived.ts';
import { openZip, type Zip, type ZipEntry } from '../weights/zip.ts';
import { ARCHIVE_VERSION, FORMAT, manifest as schema, MANIFEST, type Manifest } from './manifest.ts';

/** Bytes that are read and written at once. */
const PIECE = 2 ** 22;

const cell = z.union([z.string(), z.number(), z.null(), z.object({ base64: z.base64() })]);
const tableRows = z.object({ columns: z.array(z.string()), rows: z.array(z.array(cell)) });

/** An archive that is open, its manifest read and found to name what there is. */
export interface Archive {
  manifest: Manifest;
  /** Its rows, as rows of today's store. @throws CutpointError ARCHIVE_DAMAGED */
  rows(onBytes: (bytes: number) => void): Promise<ArchivedRows>;
  /** Writes a part to a file that is not there yet. @throws CutpointError ARCHIVE_DAMAGED where it is not what it was */
  extract(name: string, path: string, onBytes: (bytes: number) => void): Promise<void>;
  close(): Promise<void>;
}

/** @throws CutpointError FILE_NOT_READABLE, ARCHIVE_DAMAGED, ARCHIVE_NEWER */
export async function openArchive(path: string): Promise<Archive> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw notReadable(path, String(cause.code), cause);
  });
  if (!found.isFile()) throw notReadable(path, 'it is not a file');
  const zip = await openZip(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EACCES' || cause.code === 'EPERM') throw notReadable(path, cause.code, cause);
    throw damaged(path, 'it is no zip archive, or its end is missing', cause);
  });
  try {
    const manifest = await manifestOf(path, zip);
    const parts = new Map(manifest.parts.map((part) => [part.name, part]));
    const piecesOf = async function* (name: string, onBytes: (bytes: number) => void) {
      const hash = createHash('sha256');
      for await (const piece of pieces(path, zip.entries.get(name)!)) {
        hash.update(piece);
        onBytes(piece.length);
        yield piece;
      }
      if (hash.digest('hex') !== parts.get(name)!.sha256) throw damaged(path, `'${name}' is not what it was`);
    };
    return {
      manifest,
      async rows(onBytes) {
        const tables: ArchivedRows = {};
        for (const { name } of manifest.parts) {
          const [, table] = /^rows\/(\w+)\.json$/.exec(name) ?? [];
          if (table === undefined) continue;
          if (!ARCHIVED_TABLES.includes(table)) throw damaged(path, `it has rows of '${table}', which no study has`);
          const read: Buffer[] = [];
          for await (const piece of piecesOf(name, onBytes)) read.push(piece);
          tables[table] = parsed(path, name, tableRows, Buffer.concat(read));
        }
        try {
          return rowsOfToday(manifest.store, tables);
        } catch (cause) {
          throw damaged(path, 'its rows contradict one another', cause);
        }
      },
      async extract(name, to, onBytes) {
        const file = await open(to, 'wx', 0o600);
        try {
          for await (const piece of piecesOf(name, onBytes)) await file.write(piece);
          await file.sync();
        } finally {
          await file.close();
        }
      },
      close: () => zip.close(),
    };
  } catch (thrown) {
    await zip.close();
    throw thrown;
  }
}

async function* pieces(path: string, entry: ZipEntry): AsyncGenerator<Buffer> {
  for (let from = 0; from < entry.bytes; from += PIECE) {
    const read = entry.read(from, Math.min(entry.bytes, from + PIECE));
    yield Buffer.from(
      await read.catch((cause: unknown) => {
        throw damaged(path, `'${entry.name}' is not what it was`, cause);
      }),
    );
  }
}

async function manifestOf(path: string, { entries }: Zip): Promise<Manifest> {
  const entry = entries.get(MANIFEST);
  if (!entry) throw damaged(path, 'it is no archive of a study');
  const read: Buffer[] = [];
  for await (const piece of pieces(path, entry)) read.push(piece);
  const text = Buffer.concat(read);
  const { format, version, store } = parsed(
    path,
    MANIFEST,
    z.looseObject({ format: z.string(), version: z.int(), store: z.int() }),
    text,
  );
  if (format !== FORMAT) throw damaged(path, 'it is no archive of a study');
  if (version > ARCHIVE_VERSION || store > STORE_VERSION) {
    throw new CutpointError('ARCHIVE_NEWER', `'${path}' was written by a newer version of Cutpoint.`, {
      remedy: 'Install the newer version. Nothing was changed.',
      details: { found: [version, store], understood: [ARCHIVE_VERSION, STORE_VERSION] },
    });
  }
  const manifest = parsed(path, MANIFEST, schema, text);
  for (const { name, bytes } of manifest.parts) {
    if (entries.get(name)?.bytes !== bytes) throw damaged(path, `'${name}' is missing, or not as long as it was`);
  }
  return manifest;
}

function parsed<S extends z.ZodType>(path: string, name: string, of: S, text: Buffer): z.output<S> {
  try {
    return of.parse(JSON.parse(text.toString('utf8')));
  } catch (cause) {
    throw damaged(path, `'${name}' cannot be read`, cause);
  }
}

const notReadable = (path: string, why: string, cause?: unknown): CutpointError =>
  new CutpointError('FILE_NOT_READABLE', `'${path}' cannot be read (${why}).`, {
    remedy: 'Check its path, and whether you may read it.',
    cause,
  });

export const damaged = (path: string, why: string, cause?: unknown): CutpointError =>
  new CutpointError('ARCHIVE_DAMAGED', `'${path}' cannot be imported: ${why}.`, {
    remedy: 'Nothing was changed. Copy the file once more, or archive the study again.',
    cause,
  });
