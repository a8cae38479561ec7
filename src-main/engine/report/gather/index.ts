import { cpus, platform, release } from 'node:os';
import { CutpointError } from '../../../contract/errors.ts';
import type { Evaluation } from '../../../contract/evaluation.ts';
import type { StudyReport } from '../../../contract/report.ts';
import { isMultiLabel } from '../../../contract/task/index.ts';
import type { ComparisonSummary } from '../../../contract/comparison/index.ts';
import type { RunSummary } from '../../../contract/run.ts';
import { version } from '../../../version.ts';
import { weightsSha256 } from '../../weights/weightsSha256.ts';
import { threadsUnder } from '../../host/limits.ts';
import { modelOf } from '../../network/open.ts';
import type { Workspace } from '../../store/workspace.ts';
import type { Sources } from '../ask.ts';
import { ShownImages, type ShownImage } from '../shown.ts';
import { listed } from '../words.ts';
import { approachOf } from './approach.ts';
import { cohortOf } from './cohort.ts';
import { decisionsOf } from './decisions.ts';
import { demographicsOf } from './demographics.ts';
import { failuresOf, judgedImages, type JudgedImage } from './failures.ts';
import { figuresFor } from './figures.ts';
import { judgedLabels, labelFailuresOf } from './labelFailures.ts';
import { examplesOf, labelExamplesOf, saliencyOf } from './saliency.ts';
import { subgroupsOf } from './subgroups.ts';
import type { Subject } from './subject.ts';

/** All that is known of a run or a comparison, and the images that are shown of it. Throws what it asks throws. */
export async function gather(
  sources: Sources,
  { run, comparison, tested }: Subject,
): Promise<{ report: StudyReport; shown: ShownImage[] }> {
  const { workspace, progress } = sources;
  progress('Gathering what was measured');
  const figures = await figuresFor(sources, run, tested);
  const images = new ShownImages();
  const { on } = figures[0]!;
  progress('Looking at the errors');
  const { failures, chosen } = await errorsOf(sources, run, { on, shown: images });
  progress('Making a few maps, and checking them');
  const saliency = await saliencyOf(sources, run, { chosen, shown: images });
  const { id, status, createdAt, testOpened } = comparison ?? run;
  const report: StudyReport = {
    ...{ kind: 'cutpoint-report', version: 1, producer: version, createdAt: new Date().toISOString() },
    subject: {
      kind: comparison ? 'comparison' : 'run',
      ...{ id, status, startedAt: createdAt, run: run.id, title: titleFor(run, comparison) },
    },
    ...{ hasTest: (run.split?.test.images ?? 0) > 0, testOpened: tested ? testOpened : null },
    cohort: await cohortOf(workspace, run, tested),
    demographics: await demographicsOf(sources, run, tested),
    approach: approachOf(workspace, run, comparison),
    figures,
    training: { epochs: run.epochs, bestEpoch: run.bestEpoch, smallerBatches: run.smallerBatches },
    subgroups: await subgroupsOf(sources, run, on),
    ...(await decisionsOf(sources, run, on)),
    ...{ failures, saliency },
    comparison: comparison && comparedIn(comparison, tested),
    latency: workspace.store.exports.list(run.id).find(({ latency }) => latency !== null)?.latency ?? null,
    environment: {
      ...{ node: process.versions.node, platform: `${platform()} ${release()}`, engine: run.engine },
      ...{ processor: cpus()[0]?.model.trim() ?? 'unknown', threads: threadsUnder(workspace.store.preferences.get()) },
    },
    weights: await weightsOf(workspace, run),
  };
  return { report, shown: images.list };
}

/** The errors on a part, and images that maps are made of. */
async function errorsOf(
  sources: Sources,
  run: RunSummary,
  { on, shown }: { on: Evaluation['on']; shown: ShownImages },
): Promise<{ failures: StudyReport['failures']; chosen: JudgedImage[] }> {
  if (isMultiLabel(run.plan)) {
    const judged = on === 'data' ? [] : await judgedLabels(sources, run, on);
    return { failures: await labelFailuresOf(sources, run, { on, judged, shown }), chosen: labelExamplesOf(judged) };
  }
  const judged = on === 'data' ? [] : await judgedImages(sources, run, on);
  return { failures: await failuresOf(sources, run, { on, judged, shown }), chosen: examplesOf(judged) };
}

/** Labels that a title names, and no more. */
const NAMED = 5;

function titleFor({ name, classes, plan }: RunSummary, comparison: ComparisonSummary | null): string {
  const called = comparison ? comparison.name : name;
  const what = isMultiLabel(plan)
    ? `Deep learning to label images: ${classes.length > NAMED ? `${classes.length} labels` : listed(classes)}`
    : `Deep learning to tell apart images of ${listed(classes)}`;
  return called === null ? what : `${called}: ${what.charAt(0).toLowerCase()}${what.slice(1)}`;
}

function comparedIn({ kind, result, cells }: ComparisonSummary, tested: boolean): StudyReport['comparison'] {
  return {
    kind,
    result: tested || result?.kind === 'search' ? result : null,
    runs: cells.length,
    failed: cells.filter(({ status }) => status === 'failed').length,
    trainingSeconds: cells.reduce((sum, { trainingSeconds }) => sum + trainingSeconds, 0),
  };
}

async function weightsOf(workspace: Workspace, run: RunSummary): Promise<StudyReport['weights']> {
  try {
    const model = await modelOf(run, workspace);
    return model ? { sha256: weightsSha256(model.weights) } : { missing: 'No weights are kept.' };
  } catch (thrown) {
    const error = CutpointError.from(thrown);
    if (error.kind !== 'user') throw thrown;
    return { missing: error.message };
  }
}
