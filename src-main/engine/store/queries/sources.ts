import { crc32 } from 'node:zlib';
import { CutpointError } from '../../../contract/errors.ts';
import { sourceOrigin } from '../../../contract/origin.ts';
import { sourceSummary, type SourceSummary } from '../../../contract/source.ts';
import { damagedRow, requireChecksum, requireWhole } from '../checksum.ts';
import { atomically, keysOf, type Readable, type Writable } from '../database.ts';
import { fromColumn, toColumn, wholeRow, wholeRows } from '../json.ts';
import { appendLog } from './log.ts';

/** A file of weights in the workspace's `sources` folder, with its CRC-32; null in sources of earlier versions. */
export interface StoredWeights {
  weightsFile: string;
  crc32: number | null;
}
export type StoredSource = SourceSummary & StoredWeights;

const COLUMNS = `name, backbone, file, format, sha256, bytes, added_at AS addedAt, matched, missing, parameters,
  catalogue, preprocessing, origin, whole`;

const { preprocessing } = sourceSummary.shape;
const origin = sourceOrigin.nullable();
type Row = Omit<SourceSummary, 'preprocessing' | 'origin'> & {
  preprocessing: string | null;
  origin: string | null;
  whole: number;
};

function fromRow({ whole, ...row }: Row): SourceSummary {
  const what = `pretrained source '${row.name}'`;
  requireWhole(whole, what);
  const read = {
    ...row,
    preprocessing: fromColumn(preprocessing, row.preprocessing ?? 'null', what),
    origin: fromColumn(origin, row.origin ?? 'null', what),
  };
  return wholeRow(sourceSummary, read, what);
}

/**
 * @param seen of a source that was trained here, the digests of the images that its weights have seen
 * @throws SOURCE_EXISTS where the name is taken, upper and lower case being the same.
 */
export function addSource(
  db: Writable,
  source: SourceSummary,
  { weightsFile, crc32 }: StoredWeights,
  seen: Uint8Array | null = null,
): void {
  atomically(db, () => {
    const row = sourceSummary.parse(source);
    const stored = db
      .prepare(
        `INSERT INTO sources (name, backbone, file, format, sha256, bytes, added_at, matched, missing, parameters,
           catalogue, preprocessing, origin, seen, weights_file, weights_crc32)
         VALUES (@name, @backbone, @file, @format, @sha256, @bytes, @addedAt, @matched, @missing, @parameters,
           @catalogue, @preprocessing, @origin, @seen, @weightsFile, @crc32)
         ON CONFLICT (name) DO NOTHING`,
      )
      .run({
        ...row,
        ...{ preprocessing: row.preprocessing && toColumn(preprocessing, row.preprocessing), weightsFile, crc32 },
        ...{ origin: row.origin && toColumn(sourceOrigin, row.origin), seen },
      });
    if (stored.changes === 0) throw sourceExists(source.name);
    appendLog(db, 'source.added', source.name);
  });
}

/** Keeps the checksum of the weights of an earlier version once they have been read. */
export function setSourceChecksum(db: Writable, name: string, crc32: number): void {
  db.prepare('UPDATE sources SET weights_crc32 = ? WHERE name = ?').run(crc32, name);
}

/**
 * Digests of the images that a source's weights have seen, one after another; null of one that was added from a file.
 * @throws STORE_CORRUPT where they are not what was stored
 */
export function seenBySource(db: Readable, name: string): Uint8Array | null {
  const { origin: found } = getSource(db, name);
  if (found === null) return null;
  const seen = db.prepare<[string], Buffer | null>('SELECT seen FROM sources WHERE name = ?').pluck().get(name);
  const bytes = seen ?? new Uint8Array();
  requireChecksum(found.seen.crc32, crc32(bytes), `list of images of the source '${name}'`);
  return bytes;
}

export function sourceExists(name: string): CutpointError {
  return new CutpointError('SOURCE_EXISTS', `There is already a pretrained source named '${name}'.`, {
    remedy: 'Choose another name.',
  });
}

/** @throws SOURCE_UNKNOWN, naming the sources there are. */
export function getSource(db: Readable, name: string): StoredSource {
  const row = db
    .prepare<[string], Row & StoredWeights>(
      `SELECT ${COLUMNS}, weights_file AS weightsFile, weights_crc32 AS crc32 FROM sources WHERE name = ?`,
    )
    .get(name);
  if (row !== undefined) {
    const { weightsFile, crc32, ...summary } = row;
    return { ...fromRow(summary), weightsFile, crc32 };
  }
  const valid = listSources(db).map((source) => source.name);
  throw new CutpointError('SOURCE_UNKNOWN', `There is no pretrained source named '${name}'.`, {
    remedy:
      valid.length === 0
        ? 'Add one with `cutpoint source add`, or train from random initialisation with the source `none`.'
        : `Sources in this workspace: ${valid.join(', ')}.`,
    details: { valid },
  });
}

/** All sources that can be read, by name. */
export function listSources(db: Readable): SourceSummary[] {
  const row = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM sources WHERE name = ?`);
  const read = (name: string): SourceSummary => {
    const found = row.get(name);
    if (found?.name !== name) throw damagedRow(`pretrained source '${name}'`, new Error('its index does not agree'));
    return fromRow(found);
  };
  const lower = (name: string): string => name.toLowerCase();
  return wholeRows(keysOf(db, 'sources', 'name'), read).sort((a, b) => (lower(a.name) < lower(b.name) ? -1 : 1));
}
