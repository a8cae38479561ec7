import { epochRecord, type EpochRecord, type RunCurves } from '../../../contract/run.ts';
import { damagedRow, requireChecksum, requireWhole, rowChecksum } from '../checksum.ts';
import { atomically, type Readable, type Writable } from '../database.ts';
import { wholeRow, wholeRows } from '../json.ts';
import { appendLog } from './log.ts';

/** A finished epoch with the name of its checkpoint file, relative to the run's checkpoint folder. */
export interface StoredEpoch {
  record: EpochRecord;
  checkpoint: string;
  /** CRC-32 of that file; null in epochs of earlier versions. */
  crc32: number | null;
}

/** Earlier versions did not say it: an SVM was an epoch of rate 0 in a run that ends in one. */
const STAGE = `coalesce(stage, CASE WHEN learning_rate = 0 AND EXISTS (
  SELECT 1 FROM runs WHERE id = run_id AND json_valid(plan, 2) AND json_extract(plan, '$.classifier') = 'svm'
) THEN 'svm' ELSE 'fine-tuning' END)`;
const COLUMNS = `epoch, ${STAGE} AS stage, stage AS writtenStage, train_loss AS trainLoss, validation_loss AS validationLoss, validation_auroc AS validationAuroc,
  validation_auprc AS validationAuprc, validation_accuracy AS validationAccuracy,
  validation_balanced_accuracy AS validationBalancedAccuracy, learning_rate AS learningRate,
  seconds, live_tensors AS liveTensors, checkpoint, checkpoint_crc32 AS crc32, row_crc32 AS stored`;

type Row = EpochRecord & Omit<StoredEpoch, 'record'> & { writtenStage: string | null; stored: number | null };

type Checked = Omit<EpochRecord, 'stage'> & Omit<StoredEpoch, 'record'> & { stage: string | null };
const CHECKED: readonly (keyof Checked)[] = [...epochRecord.keyof().options, 'checkpoint', 'crc32'].toSorted() as never;

/**
 * What is null is left out: a column added later changes no checksum.
 * @param epoch with its stage as it is written in the row
 */
const checksumOf = (epoch: Checked): number =>
  rowChecksum(CHECKED.filter((key) => epoch[key] !== null).map((key) => [key, epoch[key]]));

/**
 * Stores a finished epoch, and that it is the best so far, in one transaction. When this returns, the epoch survives
 * SIGKILL and power loss; the checkpoint file must therefore be complete on disk before the call.
 * A run that was stopped has been tested. Resumed, it has another model as soon as an epoch is better: numbers of the
 * model before are removed then, so that they are never taken for those of this one.
 */
export function addEpoch(
  db: Writable,
  run: string,
  given: EpochRecord,
  { checkpoint, crc32, isBest }: Omit<StoredEpoch, 'record'> & { isBest: boolean },
): void {
  const record = epochRecord.parse(given);
  atomically(db, () => {
    db.prepare(
      `INSERT INTO epochs (run_id, epoch, stage, train_loss, validation_loss, validation_auroc, validation_auprc,
         validation_accuracy, validation_balanced_accuracy, learning_rate, seconds, live_tensors, checkpoint,
         checkpoint_crc32, row_crc32)
       VALUES (@run, @epoch, @stage, @trainLoss, @validationLoss, @validationAuroc, @validationAuprc,
         @validationAccuracy, @validationBalancedAccuracy, @learningRate, @seconds, @liveTensors, @checkpoint, @crc32, @stored)`,
    ).run({
      ...record,
      ...{ run, checkpoint, crc32, stored: checksumOf({ ...record, checkpoint, crc32 }) },
    });
    if (!isBest) return;
    db.prepare('UPDATE runs SET best_epoch = ? WHERE id = ?').run(record.epoch, run);
    db.prepare('DELETE FROM evaluations WHERE run_id = ?').run(run);
    db.prepare("DELETE FROM predictions WHERE run_id = ? AND image_set <> 'validation'").run(run);
  });
}

/**
 * All finished epochs of a run, in order.
 * @param best the number of the best, if there is one
 * @throws STORE_CORRUPT where one is not what was stored, or missing
 */
export function listEpochs(db: Readable, run: string, best: number | null): EpochRecord[] {
  const epochs = db
    .prepare<[string], Row>(`SELECT ${COLUMNS} FROM epochs WHERE run_id = ? ORDER BY epoch`)
    .all(run)
    .map((row) => fromRow(run, row).record);
  const missing = epochs.findIndex(({ epoch }, index) => epoch !== index + 1);
  if (missing >= 0) throw damagedRow(`epoch ${missing + 1} of run ${run}`, new Error('it is missing'));
  if ((best ?? 0) > epochs.length) throw damagedRow(`epoch ${best} of run ${run}`, new Error('it is missing'));
  return epochs;
}

/** The curves of those of these runs that can be read, in this order. */
export function listCurves(db: Readable, ids: readonly string[]): RunCurves[] {
  const best = db.prepare<[string], { bestEpoch: number | null }>(
    'SELECT best_epoch AS bestEpoch FROM runs WHERE id = ?',
  );
  return wholeRows(ids, (id) => {
    const run = best.get(id);
    return run === undefined ? [] : [{ id, ...run, epochs: listEpochs(db, id, run.bestEpoch).map(curveOf) }];
  }).flat();
}

const curveOf = ({
  validationAccuracy: _a,
  validationBalancedAccuracy: _b,
  liveTensors: _t,
  ...record
}: EpochRecord): RunCurves['epochs'][number] => record;

/** The last finished epoch, from which a run is resumed; null before the first. */
export function lastEpoch(db: Readable, run: string): StoredEpoch | null {
  return storedEpoch(db, run, 'SELECT max(epoch) FROM epochs WHERE run_id = @run');
}

/** The best epoch by what the plan selects by, whose weights are the model; null before the first. */
export function bestEpoch(db: Readable, run: string): StoredEpoch | null {
  const whole = db.prepare<[string], number>('SELECT whole FROM runs WHERE id = ?').pluck().get(run);
  if (whole !== undefined) requireWhole(whole, `run ${run}`);
  return storedEpoch(db, run, 'SELECT best_epoch FROM runs WHERE id = @run');
}

/** Keeps the checksum of a checkpoint of an earlier version once it has been read. */
export function setEpochChecksum(db: Writable, run: string, epoch: number, crc32: number): void {
  atomically(db, () => {
    const stored = storedEpoch(db, run, String(epoch));
    if (stored === null) throw new Error(`run ${run} has no epoch ${epoch}`);
    const stage = db
      .prepare<[string, number], string | null>('SELECT stage FROM epochs WHERE run_id = ? AND epoch = ?')
      .pluck()
      .get(run, epoch);
    db.prepare('UPDATE epochs SET checkpoint_crc32 = ?, row_crc32 = ? WHERE run_id = ? AND epoch = ?').run(
      crc32,
      checksumOf({ ...stored.record, stage: stage ?? null, checkpoint: stored.checkpoint, crc32 }),
      run,
      epoch,
    );
  });
}

/** Forgets the epochs after the best one, which are then trained again. */
export function discardAfterBest(db: Writable, run: string): void {
  atomically(db, () => {
    db.prepare('DELETE FROM epochs WHERE run_id = @run AND epoch > (SELECT best_epoch FROM runs WHERE id = @run)').run({
      run,
    });
    appendLog(db, 'run.epochs-discarded', run);
  });
}

/**
 * Gives a run that has none the epochs of another, with its best one, the validation predictions of that, and the batches
 * that they were trained with. The
 * checkpoints must be in its own folder, on the disk, before the call.
 */
export function takeOverEpochs(db: Writable, from: string, to: string): void {
  atomically(db, () => {
    db.prepare(
      `INSERT INTO epochs SELECT @to, epoch, train_loss, validation_loss, validation_auroc, validation_auprc,
         validation_accuracy, learning_rate, seconds, live_tensors, checkpoint, checkpoint_crc32, row_crc32, stage,
         validation_balanced_accuracy
       FROM epochs WHERE run_id = @from`,
    ).run({ from, to });
    db.prepare(
      `UPDATE runs SET (best_epoch, smaller_batches) = (SELECT best_epoch, smaller_batches FROM runs WHERE id = @from)
       WHERE id = @to`,
    ).run({ from, to });
    db.prepare(
      `INSERT INTO predictions SELECT @to, image_set, position, file, label, probabilities, row_crc32 FROM predictions
       WHERE run_id = @from AND image_set = 'validation'`,
    ).run({ from, to });
    appendLog(db, 'run.epochs-taken-over', to);
  });
}

function storedEpoch(db: Readable, run: string, which: string): StoredEpoch | null {
  const row = db
    .prepare<{ run: string }, Row>(`SELECT ${COLUMNS} FROM epochs WHERE run_id = @run AND epoch = (${which})`)
    .get({ run });
  return row === undefined ? null : fromRow(run, row);
}

function fromRow(run: string, { checkpoint, crc32, writtenStage, stored, ...record }: Row): StoredEpoch {
  const what = `epoch ${record.epoch} of run ${run}`;
  // What has a checksum was looked at before it was stored.
  if (stored === null) return { record: wholeRow(epochRecord, record, what), checkpoint, crc32 };
  requireChecksum(stored, checksumOf({ ...record, stage: writtenStage, checkpoint, crc32 }), what);
  return { record, checkpoint, crc32 };
}
