import type { SourceStudyResult, SourceStudyRunRow } from '../../contract/sourceStudy.ts';
import { testedPatients, predictionsOf, type TestedRun } from '../comparisons/tested.ts';
import { testedRuns } from '../comparisons/testedRuns.ts';
import { weightedAuroc } from '../metrics/weightedAuroc.ts';
import type { StoredSourceStudy } from '../store/queries/sourceStudies.ts';
import type { Workspace } from '../store/workspace.ts';
import { BASELINE, sourceOf } from './members.ts';

/** A run of a study that was tested, with what it predicted. */
export interface StudyRun extends TestedRun {
  row: SourceStudyRunRow;
}

/** All runs of a study that were tested, of one target and network after the other, and what each target was tested on. */
export async function studyRuns(
  workspace: Workspace,
  { plan, members }: StoredSourceStudy,
): Promise<{ runs: StudyRun[]; tested: SourceStudyResult['tested'] }> {
  const runs: StudyRun[] = [];
  const tested: SourceStudyResult['tested'] = [];
  for (const { target, comparison } of members) {
    const { cells, plan: tournament } = workspace.store.comparisons.get(comparison);
    const found = await testedRuns({ id: comparison, workspace }, cells, 'difference');
    const { backbone } = tournament.base;
    for (const run of found.runs) {
      const auc = run.test.length === 0 ? null : weightedAuroc(predictionsOf(run));
      if (auc === null) continue;
      const { cell, validationAuprc, run: id } = run.record;
      const source = cell.strategy === BASELINE ? null : (sourceOf(plan, backbone, cell.source ?? '') ?? cell.source);
      const { cut, seed, fold } = cell;
      const row = {
        source,
        target,
        backbone,
        cut,
        seed,
        fold: String((fold ?? 0) + 1),
        auc,
        validationAuprc,
        run: id!,
      };
      runs.push({ ...run, row });
    }
    const { images, patients } = testedPatients(found.runs);
    if (images > 0 && !tested.some((each) => each.target === target))
      tested.push({ target, images, patients, grouping: found.grouping });
  }
  return { runs, tested };
}
