import { cpus, platform, release } from 'node:os';
import { CutpointError } from '../../../contract/errors.ts';
import type { StudyReport } from '../../../contract/report.ts';
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
import { failuresOf, judgedImages } from './failures.ts';
import { figuresFor } from './figures.ts';
import { saliencyOf } from './saliency.ts';
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
  const judged = on === 'data' ? [] : await judgedImages(sources, run, on);
  progress('Looking at the errors');
  const failures = await failuresOf(sources, run, { on, judged, shown: images });
  progress('Making a few maps, and checking them');
  const saliency = await saliencyOf(sources, run, { judged, shown: images });
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

function titleFor({ name, classes }: RunSummary, comparison: ComparisonSummary | null): string {
  const called = comparison ? comparison.name : name;
  const what = `Deep learning to tell apart images of ${listed(classes)}`;
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
