import type { MeasuredPart } from '../../../contract/evaluation.ts';
import { withoutNames } from '../../../contract/findings.ts';
import type { ReportFigures } from '../../../contract/report.ts';
import type { RunSummary } from '../../../contract/run.ts';
import { measuredImages, type MeasuredImages } from '../../cohort/parts.ts';
import { predictedBy } from '../../cohort/predicted.ts';
import { against, judgedOf } from '../../metrics/labels.ts';
import type { Sources } from '../ask.ts';

const BINS = 20;

/** What was measured, the part that counts most first: test images where they may be seen, validation images, other folders. */
export async function figuresFor(sources: Sources, run: RunSummary, tested: boolean): Promise<ReportFigures[]> {
  const { workspace, ask } = sources;
  const others = workspace.store.evaluations.listOther(run.id).map(({ dataset }): MeasuredPart => ({ dataset }));
  const parts: MeasuredPart[] = [...(tested ? (['test'] as const) : []), 'validation', ...others];
  const found: ReportFigures[] = [];
  for (const part of parts) {
    sources.signal.throwIfAborted();
    const { run: _, data: __, problems: ___, ...evaluation } = await ask('run.evaluate', { id: run.id, part });
    const measured = await measuredImages(workspace, run, part);
    const warnings = evaluation.warnings?.map((each) => ({ ...each, message: withoutNames(each) }));
    const histograms = histogramsOf(measured, run);
    found.push({ ...evaluation, ...(warnings && { warnings }), histograms });
  }
  return found;
}

/** Of two classes of the positive one alone: the other is its mirror image. Of labels, of the images of which each is known. */
function histogramsOf(measured: MeasuredImages, { classes }: RunSummary): ReportFigures['histograms'] {
  if (measured.rows.length === 0) return [];
  const predictions = predictedBy(measured, classes);
  return judgedOf(predictions).map((label) => {
    const counts = { own: new Array<number>(BINS).fill(0), others: new Array<number>(BINS).fill(0) };
    const { positive, scores } = against(predictions, label);
    scores.forEach((p, at) => {
      counts[positive[at] === 1 ? 'own' : 'others'][Math.min(BINS - 1, Math.floor(p * BINS))]! += 1;
    });
    return { class: classes[label]!, ...counts };
  });
}
