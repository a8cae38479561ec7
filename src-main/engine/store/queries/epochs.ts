import { epochRecord, type EpochRecord } from '../../../contract/run.ts';
import { atomically, type Readable, type Writable } from '../database.ts';
import { appendLog } from './log.ts';

/** A finished epoch with the name of its checkpoint file, relative to the run's checkpoint folder. */
export interface StoredEpoch {
  record: EpochRecord;
  checkpoint: string;
}

const COLUMNS = `epoch, train_loss AS trainLoss, validation_loss AS validationLoss, validation_auroc AS validationAuroc,
  validation_auprc AS validationAuprc, validation_accuracy AS validationAccuracy, learning_rate AS learningRate,
  seconds, live_tensors AS liveTensors`;

/**
 * Stores a finished epoch, and that it is the best so far, in one transaction. When this returns, the epoch survives
 * SIGKILL and power loss; the checkpoint file must therefore be complete on disk before the call.
 * A run that was stopped has been tested. Resumed, it has another model as soon as an epoch is better: numbers of the
 * model before are removed then, so that they are never taken for those of this one.
 */
export function addEpoch(
  db: Writable,
  run: string,
  record: EpochRecord,
  { checkpoint, isBest }: { checkpoint: string; isBest: boolean },
): void {
  atomically(db, () => {
    db.prepare(
      `INSERT INTO epochs (run_id, epoch, train_loss, validation_loss, validation_auroc, validation_auprc,
         validation_accuracy, learning_rate, seconds, live_tensors, checkpoint)
       VALUES (@run, @epoch, @trainLoss, @validationLoss, @validationAuroc, @validationAuprc,
         @validationAccuracy, @learningRate, @seconds, @liveTensors, @checkpoint)`,
    ).run({ ...epochRecord.parse(record), run, checkpoint });
    if (!isBest) return;
    db.prepare('UPDATE runs SET best_epoch = ? WHERE id = ?').run(record.epoch, run);
    db.prepare('DELETE FROM evaluations WHERE run_id = ?').run(run);
    db.prepare("DELETE FROM predictions WHERE run_id = ? AND image_set <> 'validation'").run(run);
  });
}

/** All finished epochs of a run, in order. */
export function listEpochs(db: Readable, run: string): EpochRecord[] {
  return db.prepare<[string], EpochRecord>(`SELECT ${COLUMNS} FROM epochs WHERE run_id = ? ORDER BY epoch`).all(run);
}

/** The last finished epoch, from which a run is resumed; null before the first. */
export function lastEpoch(db: Readable, run: string): StoredEpoch | null {
  return storedEpoch(db, run, 'SELECT max(epoch) FROM epochs WHERE run_id = ?');
}

/** The epoch with the best validation AUPRC, whose weights are the model; null before the first. */
export function bestEpoch(db: Readable, run: string): StoredEpoch | null {
  return storedEpoch(db, run, 'SELECT best_epoch FROM runs WHERE id = ?');
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
 * Gives a run that has none the epochs of another, with its best one and the validation predictions of that. The
 * checkpoints must be in its own folder, on the disk, before the call.
 */
export function takeOverEpochs(db: Writable, from: string, to: string): void {
  atomically(db, () => {
    db.prepare(
      `INSERT INTO epochs SELECT @to, epoch, train_loss, validation_loss, validation_auroc, validation_auprc,
         validation_accuracy, learning_rate, seconds, live_tensors, checkpoint FROM epochs WHERE run_id = @from`,
    ).run({ from, to });
    db.prepare('UPDATE runs SET best_epoch = (SELECT best_epoch FROM runs WHERE id = @from) WHERE id = @to').run({
      from,
      to,
    });
    db.prepare(
      `INSERT INTO predictions SELECT @to, image_set, position, file, label, probabilities FROM predictions
       WHERE run_id = @from AND image_set = 'validation'`,
    ).run({ from, to });
    appendLog(db, 'run.epochs-taken-over', to);
  });
}

function storedEpoch(db: Readable, run: string, which: string): StoredEpoch | null {
  const row = db
    .prepare<[string, string], EpochRecord & { checkpoint: string }>(
      `SELECT ${COLUMNS}, checkpoint FROM epochs WHERE run_id = ? AND epoch = (${which})`,
    )
    .get(run, run);
  if (row === undefined) return null;
  const { checkpoint, ...record } = row;
  return { record, checkpoint };
}
