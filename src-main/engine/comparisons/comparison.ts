import { CutpointError } from '../../contract/errors.ts';
import type { RunEvent, RunSummary } from '../../contract/run.ts';
import { type ComparisonEvent, type ComparisonPlan } from '../../contract/comparison/index.ts';
import {
  comparisonCell,
  withoutTestFigures,
  type CellRecord,
  type ComparisonCell,
} from '../../contract/comparison/shared.ts';
import type { Workspace } from '../store/workspace.ts';
import { networkSize } from '../../backbone/architecture.ts';
import { comparisonImages, openTest } from '../cohort/parts.ts';
import { trainingIndices } from '../cohort/split.ts';
import { cellKey, cellPlan, failedRecord, recordOf } from './cells.ts';
import type { ComparisonContext } from './context.ts';
import { dividedImages, fittedCell } from './levels.ts';
import { beginWhere, shorterRun } from './longerRun.ts';
import { splits } from './splits.ts';

/** What a comparison needs of the engine that it runs in. */
export interface ComparisonHost {
  workspace: Workspace;
  /** Trains a stored run from where it stands to its end and stores how it ended. */
  train(run: RunSummary, onEvent: (event: RunEvent) => void): Promise<RunSummary>;
  emit(event: ComparisonEvent): void;
  /** Aborted when the comparison is to end. */
  signal: AbortSignal;
}

/**
 * A stored comparison as its course sees it.
 * @param planned cells known beforehand, for whoever follows the progress
 */
export function openComparison<P extends ComparisonPlan>(
  id: string,
  { plan, planned, host }: { plan: P; planned: readonly ComparisonCell[]; host: ComparisonHost },
): ComparisonContext<P> {
  const { workspace, emit, signal } = host;
  const { store } = workspace;
  const { classes } = store.comparisons.get(id);
  const { testFolder, ...found } = comparisonImages(store, id);
  const dataset = dividedImages(store, id, found.dataset);
  const splitOf = splits(plan, dataset, { testFolder });
  const known = new Set(planned.map(cellKey));

  const requireGoingOn = (): void => {
    if (signal.aborted) throw new CutpointError('CANCELLED', `The comparison ${id} was ended.`);
  };

  /** The run of a cell that has none yet. */
  const createRun = async (cell: ComparisonCell): Promise<RunSummary> => {
    const names = splitOf(cell.seed, cell.fold);
    const common = cellPlan(plan.base, cell, workspace);
    const train = trainingIndices(dataset.images, names, common);
    const asked = fittedCell(store, id, { plan: common, train });
    const split = dataset.images.map((image, index) => [image.file, names[index]!] as const);
    const run = { plan: asked, classes: [...classes], ...networkSize(asked, classes), split };
    const [created] = await workspace.commit(['comparisonCells', 'beginRun', id, cell, run]);
    return store.runs.get(created as string);
  };

  const endOf = async (cell: ComparisonCell, run: RunSummary): Promise<CellRecord> =>
    recordOf(cell, run, (await openTest(workspace, run.id, 'comparison result')).evaluation());

  const trainCell = async (cell: ComparisonCell): Promise<CellRecord> => {
    const begun = store.comparisonCells.find(id, cell);
    const run = begun?.run ? store.runs.get(begun.run) : await createRun(cell);
    const position = store.comparisonCells.find(id, cell)!.position;
    emit({ kind: 'cell', cell, position, planned: Math.max(known.size, position) });
    // One that was killed between its last epoch and its record is not trained, only recorded.
    if (run.status === 'completed') return endOf(cell, run);
    const shorter = run.epochs.length > 0 ? null : shorterRun({ cell, plan: run.plan }, store.comparisonCells.list(id));
    if (shorter !== null) await beginWhere(shorter, run.id, workspace);
    const ended = await host.train(run, (event) => emit({ kind: 'run', run: run.id, event }));
    requireGoingOn();
    return endOf(cell, ended);
  };

  const recorded = async (cell: ComparisonCell): Promise<CellRecord> => {
    const recalled = store.comparisonCells.find(id, cell)?.record;
    if (recalled) return recalled;
    requireGoingOn();
    const record = await trainCell(cell).catch(async (thrown: unknown) => {
      requireGoingOn();
      const { code, message, remedy } = CutpointError.from(thrown);
      if (!store.comparisonCells.find(id, cell)) await workspace.commit(['comparisonCells', 'begin', id, cell, null]);
      return failedRecord(cell, { code, message, remedy });
    });
    await workspace.commit(['comparisonCells', 'finish', id, record]);
    emit({ kind: 'finished', record: withoutTestFigures(record) });
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
      for (const cell of cells) records.push(await recorded(comparisonCell.parse(cell)));
      return records;
    },
    async remember(name, schema, compute) {
      const found = store.comparisonNotes.load(id, name);
      if (found !== null) return schema.parse(JSON.parse(found));
      requireGoingOn();
      const value = JSON.stringify(await compute());
      requireGoingOn();
      // Read back at once, so that the first time gives exactly what every later one will.
      const result = schema.parse(JSON.parse(value));
      await workspace.commit(['comparisonNotes', 'save', id, name, value]);
      return result;
    },
    say: (message) => emit({ kind: 'message', message }),
  };
}
