import type { Evaluation } from '../../../../src-main/contract/evaluation.ts';
import type { Aggregation, FigureSet, MeasuredFigure } from '../../../../src-main/contract/figures.ts';

/** What is counted: each image, or each patient by how its images become one prediction. */
export type Counted = 'images' | Aggregation;
export type Average = 'macro' | 'weighted';

/** What is counted as it stands in an address; images where there are no such figures of patients. */
export const countedOf = (text: unknown, { figures }: Evaluation): Counted =>
  figures?.groups?.sets.find(({ aggregation }) => aggregation === text)?.aggregation ?? 'images';
export const averageOf = (text: unknown): Average => (text === 'weighted' ? 'weighted' : 'macro');

/** The figures of what is counted, see {@link countedOf}. */
export function setOf(evaluation: Evaluation, counted: Counted): FigureSet {
  const { figures } = evaluation;
  if (!figures) return withoutIntervals(evaluation);
  return figures.groups?.sets.find(({ aggregation }) => aggregation === counted) ?? figures.images;
}

/** Those that stand for all classes: of two the figures of the positive one, of several, and of labels, a mean. */
export const classFigures = ({ perClass, macro, weighted }: FigureSet, average: Average): MeasuredFigure[] =>
  perClass.length === 2 && macro.length === 0
    ? perClass[1]!.figures
    : average === 'weighted' && weighted.length > 0
      ? weighted
      : macro;

/** Of an evaluation whose predictions are not stored there is what was stored of it. */
function withoutIntervals({ metrics, images, several }: Evaluation): FigureSet {
  const figure = (name: string, value: number | null): MeasuredFigure => ({
    ...{ name, value, intervals: [], undefinedResamples: 0 },
  });
  const ranked = (of: Pick<typeof metrics, 'auroc' | 'auprc' | 'sensitivity' | 'specificity'>) =>
    (['auroc', 'auprc', 'sensitivity', 'specificity'] as const).map((name) => figure(name, of[name]));
  return {
    cases: images,
    drawn: images,
    whole: [
      figure('accuracy', metrics.accuracy),
      figure('balancedAccuracy', metrics.balancedAccuracy),
      figure('logLoss', metrics.loss),
    ],
    perClass: metrics.perClass.map((each) => ({ name: each.name, cases: each.images, figures: ranked(each) })),
    macro: metrics.perClass.length === 2 && !several ? [] : ranked(metrics),
    weighted: [],
  };
}
