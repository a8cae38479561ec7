import type { MeasuredPart } from '../../../contract/evaluation.ts';
import { withoutNames } from '../../../contract/findings.ts';
import type { ReportFigures } from '../../../contract/report.ts';
import type { RunSummary } from '../../../contract/run.ts';
import { measuredImages } from '../../cohort/parts.ts';
import type { PredictionRow } from '../../store/queries/predictions.ts';
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
    const { rows } = await measuredImages(workspace, run, part);
    const warnings = evaluation.warnings?.map((each) => ({ ...each, message: withoutNames(each) }));
    found.push({ ...evaluation, ...(warnings && { warnings }), histograms: histogramsOf(rows, run.classes) });
  }
  return found;
}

/** Of two classes of the positive one alone: the other is its mirror image. */
function histogramsOf(rows: readonly PredictionRow[], classes: readonly string[]): ReportFigures['histograms'] {
  return classes
    .map((name, label) => {
      const counts = { own: new Array<number>(BINS).fill(0), others: new Array<number>(BINS).fill(0) };
      for (const row of rows) {
        const bin = Math.min(BINS - 1, Math.floor(row.probabilities[label]! * BINS));
        counts[row.label === label ? 'own' : 'others'][bin]! += 1;
      }
      return { class: name, ...counts };
    })
    .slice(classes.length === 2 ? 1 : 0);
}
