import { CutpointError } from '../../contract/errors.ts';
import type { RunEvent, RunSummary } from '../../contract/run.ts';
import { type StudyEvent, type StudyPlan } from '../../contract/study/index.ts';
import { studyCell, type CellRecord, type StudyCell } from '../../contract/study/shared.ts';
import type { Workspace } from '../store/workspace.ts';
import { networkSize } from '../../backbone/architecture.ts';
import { studyImages } from '../cohort/parts.ts';
import { cellKey, cellPlan, failedRecord, recordOf } from './cells.ts';
import type { StudyContext } from './context.ts';
import { beginWhere, shorterRun } from './longerRun.ts';
import { splits } from './splits.ts';

/** What a study needs of the engine that it runs in. */
export interface StudyHost {
  workspace: Workspace;
  /** Trains a stored run from where it stands to its end and stores how it ended. */
  train(run: RunSummary, onEvent: (event: RunEvent) => void): Promise<RunSummary>;
  emit(event: StudyEvent): void;
  /** Aborted when the study is to end. */
  signal: AbortSignal;
}

/** A stored study as its course sees it. @param planned cells known beforehand, for whoever follows the progress */
export function openStudy<P extends StudyPlan>(
  id: string,
  { plan, planned, host }: { plan: P; planned: readonly StudyCell[]; host: StudyHost },
): StudyContext<P> {
  const { workspace, emit, signal } = host;
  const { store } = workspace;
  const { classes } = store.studies.get(id);
  const { dataset, testFolder } = studyImages(store, id);
  const splitOf = splits(plan, dataset, { testFolder });
  const known = new Set(planned.map(cellKey));

  const requireGoingOn = (): void => {
    if (signal.aborted) throw new CutpointError('CANCELLED', `The study ${id} was ended.`);
  };

  /** The run of a cell that has none yet. */
  const createRun = async (cell: StudyCell): Promise<RunSummary> => {
    const asked = cellPlan(plan.base, cell, workspace);
    const names = splitOf(cell.seed, cell.fold);
    const split = dataset.images.map((image, index) => [image.file, names[index]!] as const);
    const run = { plan: asked, classes: [...classes], ...networkSize(asked, classes), split };
    const [created] = await workspace.commit(['studyCells', 'beginRun', id, cell, run]);
    return store.runs.get(created as string);
  };

  const trainCell = async (cell: StudyCell): Promise<CellRecord> => {
    const begun = store.studyCells.find(id, cell);
    const run = begun?.run ? store.runs.get(begun.run) : await createRun(cell);
    const position = store.studyCells.find(id, cell)!.position;
    emit({ kind: 'cell', cell, position, planned: Math.max(known.size, position) });
    // One that was killed between its last epoch and its record is not trained, only recorded.
    if (run.status === 'completed') return recordOf(cell, run);
    const shorter = run.epochs.length > 0 ? null : shorterRun({ cell, plan: run.plan }, store.studyCells.list(id));
    if (shorter !== null) await beginWhere(shorter, run.id, workspace);
    const ended = await host.train(run, (event) => emit({ kind: 'run', run: run.id, event }));
    requireGoingOn();
    return recordOf(cell, ended);
  };

  const recorded = async (cell: StudyCell): Promise<CellRecord> => {
    const recalled = store.studyCells.find(id, cell)?.record;
    if (recalled) return recalled;
    requireGoingOn();
    const record = await trainCell(cell).catch(async (thrown: unknown) => {
      requireGoingOn();
      const { code, message, remedy } = CutpointError.from(thrown);
      if (!store.studyCells.find(id, cell)) await workspace.commit(['studyCells', 'begin', id, cell, null]);
      return failedRecord(cell, { code, message, remedy });
    });
    await workspace.commit(['studyCells', 'finish', id, record]);
    emit({ kind: 'finished', record });
    return record;
  };

  return {
    id,
    plan,
    workspace,
    classes,
    dataset,
    splitOf,
    signal,
    async train(cells) {
      for (const cell of cells) known.add(cellKey(cell));
      const records: CellRecord[] = [];
      for (const cell of cells) records.push(await recorded(studyCell.parse(cell)));
      return records;
    },
    async remember(name, schema, compute) {
      const found = store.studyNotes.load(id, name);
      if (found !== null) return schema.parse(JSON.parse(found));
      requireGoingOn();
      const value = JSON.stringify(await compute());
      requireGoingOn();
      // Read back at once, so that the first time gives exactly what every later one will.
      const result = schema.parse(JSON.parse(value));
      await workspace.commit(['studyNotes', 'save', id, name, value]);
      return result;
    },
    say: (message) => emit({ kind: 'message', message }),
  };
}
