import type { CallContext, ParsedInputOf } from '../../contract/index.ts';
import type { SourceStudyResult } from '../../contract/sourceStudy.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { Workspace } from '../store/workspace.ts';
import { bestCuts, transferScores } from './pairings.ts';
import { studyRuns } from './studyRuns.ts';
import { summaryOf } from './summary.ts';

const RESAMPLES = 2000;

/**
 * What comes of the runs of a study that were tested so far. The same runs give the same result.
 * @throws CutpointError SOURCE_STUDY_UNKNOWN, TEST_SEALED
 */
export async function sourceStudyResultOf(
  workspace: Workspace,
  { id }: Pick<ParsedInputOf<'sourceStudy.result'>, 'id'>,
  { signal }: Pick<CallContext<'sourceStudy.result'>, 'signal'>,
): Promise<SourceStudyResult> {
  const { store } = workspace;
  const study = store.sourceStudies.get(id);
  if (summaryOf(store, study, { going: false }).testOpened === null) throw studySealed(id);
  const { confidence } = study.plan;
  const { runs, tested } = await studyRuns(workspace, study);
  const resampling = { confidence, resamples: RESAMPLES, signal };
  const transfer = await transferScores(runs, resampling);
  const cuts = await bestCuts(runs, resampling);
  return { rows: runs.map(({ row }) => row), transfer, cuts, tested, confidence, resamples: RESAMPLES, sentences: [] };
}

const studySealed = (id: string): CutpointError =>
  new CutpointError('TEST_SEALED', `The test figures of the source study ${id} are sealed: nobody has asked for them yet.`, {
    remedy: `Open them under Sources, or with \`cutpoint open-test ${id} --reason "…"\`; it is noted in the log.`,
    details: { sourceStudy: id },
  }); // prettier-ignore
