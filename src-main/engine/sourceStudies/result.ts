import type { CallContext, ParsedInputOf } from '../../contract/index.ts';
import type { SourceAnalysis, SourceDistanceRow } from '../../contract/sourceAnalysis.ts';
import type { SourceStudyResult, SourceStudyRunRow } from '../../contract/sourceStudy.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { Workspace } from '../store/workspace.ts';
import { analyseSources } from '../sourceAnalysis/index.ts';
import { readDistances } from '../sourceAnalysis/read.ts';
import { cutSentences } from './cutSentences.ts';
import { pathOf } from '../../userPath.ts';
import { bestCuts, transferScores } from './pairings.ts';
import { studyRuns } from './studyRuns.ts';
import { summaryOf } from './summary.ts';

const RESAMPLES = 2000;

/**
 * What comes of the runs of a study that were tested so far. The same runs give the same result.
 * @throws CutpointError SOURCE_STUDY_UNKNOWN, TEST_SEALED; FILE_NOT_READABLE, INPUT_INVALID of the distances
 */
export async function sourceStudyResultOf(
  workspace: Workspace,
  { id, distances }: Pick<ParsedInputOf<'sourceStudy.result'>, 'id' | 'distances'>,
  { signal }: Pick<CallContext<'sourceStudy.result'>, 'signal'>,
): Promise<SourceStudyResult> {
  const { store } = workspace;
  const study = store.sourceStudies.get(id);
  const { testOpened, members, status } = summaryOf(store, study, { going: false });
  if (testOpened === null) throw studySealed(id);
  const { confidence } = study.plan;
  const far = distances === undefined ? null : await readDistances(pathOf(distances));
  const { runs, tested } = await studyRuns(workspace, study);
  const resampling = { confidence, resamples: RESAMPLES, signal };
  const transfer = await transferScores(runs, resampling);
  const cuts = await bestCuts(runs, resampling);
  const rows = runs.map(({ row }) => row);
  const ratios = runs.flatMap(({ ratio }) => ratio ?? []);
  const analysis = analysisOf(rows, far, { confidence, ...(ratios.length > 0 && { ratio: Math.max(...ratios) }) });
  const failed = members.reduce((sum, each) => sum + each.failed, 0);
  const sentences = [
    ...(analysis?.said ?? []),
    ...cutSentences(cuts),
    ...(analysis?.notes ?? []),
    ...(failed === 0 ? [] : [`Runs that failed: ${failed}; what they would have shown is not known.`]),
    ...(status === 'completed' ? [] : ['Not all runs have ended: this is what those show that have.']),
  ];
  return { rows, analysis, transfer, cuts, tested, confidence, resamples: RESAMPLES, sentences };
}

/** Rows of whole networks as published tables have them; null without any. */
function analysisOf(
  rows: readonly SourceStudyRunRow[],
  distances: readonly SourceDistanceRow[] | null,
  options: { confidence: number; ratio?: number },
): SourceAnalysis | null {
  const whole = rows.flatMap(({ cut, source, target, backbone, seed, fold, auc }) =>
    cut === null ? [{ source, target, backbone, fold, auc, seed: String(seed) }] : [],
  );
  // A source that has the name of its target would be taken for the target without transfer; it has other images.
  const apart = whole.map((row) => (row.source === row.target ? { ...row, source: `${row.source} (source)` } : row));
  return whole.length === 0 ? null : analyseSources(apart, distances, options);
}

const studySealed = (id: string): CutpointError =>
  new CutpointError('TEST_SEALED', `The test figures of the source study ${id} are sealed: nobody has asked for them yet.`, {
    remedy: `Open them under Sources, or with \`cutpoint open-test ${id} --reason "…"\`; it is noted in the log.`,
    details: { sourceStudy: id },
  }); // prettier-ignore
