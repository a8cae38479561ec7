import { requireChecksum, rowChecksum } from '../checksum.ts';
import { atomically, type Readable, type Writable } from '../database.ts';

/** What was predicted on: the run's own validation or test split, or another dataset by its fingerprint. */
export type ImageSet = 'validation' | 'test' | `data:${string}`;

export interface PredictionRow {
  /** Relative to the folder of its dataset. */
  file: string;
  /** Index of the true class; 0 where an image may have several labels: the list of images says which it has. */
  label: number;
  /** Probability of each class; kept as 32-bit floats, bit for bit. */
  probabilities: Float32Array;
}

/** Stores the predictions of a run on one set of images, replacing earlier ones on that set. */
export function savePredictions(db: Writable, run: string, set: ImageSet, rows: readonly PredictionRow[]): void {
  atomically(db, () => {
    db.prepare('DELETE FROM predictions WHERE run_id = ? AND image_set = ?').run(run, set);
    const insert = db.prepare(
      `INSERT INTO predictions (run_id, image_set, position, file, label, probabilities, row_crc32)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    rows.forEach(({ file, label, probabilities }, position) => {
      const bytes = toBytes(probabilities);
      insert.run(run, set, position, file, label, bytes, rowChecksum([set, position, file, label], bytes));
    });
  });
}

/**
 * Predictions in the order in which they were saved; empty where there are none.
 *
 * @throws STORE_CORRUPT where one is not what was saved
 */
export function loadPredictions(db: Readable, run: string, set: ImageSet): PredictionRow[] {
  return db
    .prepare<[string, string], Row>(
      `SELECT position, file, label, probabilities, row_crc32 AS stored FROM predictions
       WHERE run_id = ? AND image_set = ? ORDER BY position`,
    )
    .all(run, set)
    .map(({ position, file, label, probabilities, stored }) => {
      const found = rowChecksum([set, position, file, label], probabilities);
      requireChecksum(stored, found, `prediction ${position + 1} of run ${run}`);
      return { file, label, probabilities: fromBytes(probabilities) };
    });
}

interface Row {
  position: number;
  file: string;
  label: number;
  probabilities: Buffer;
  stored: number | null;
}

function toBytes(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
  return bytes;
}

function fromBytes(bytes: Buffer): Float32Array {
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
}
