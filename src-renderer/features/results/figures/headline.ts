import type { Evaluation } from '../../../../src-main/contract/evaluation.ts';
import type { MeasuredFigure } from '../../../../src-main/contract/figures.ts';
import { count, percent } from '../../../logic/format.ts';
import { t, type Text } from '../../../text/index.ts';
import { cohort } from '../figures.ts';
import { classFigures, setOf, type Average, type Counted } from './view.ts';
import { intervalOf, shareOf, valueOf } from './words.ts';

/** A headline figure: what it is, its value, its interval, and what it was measured on. */
export interface Figure {
  term: keyof Text['glossary'];
  /** `Sensitivity of ‘PNEUMONIA’`. */
  name: string;
  value: string;
  /** Null where the evaluation has none. */
  interval: string | null;
  on: string;
}

/** Of two classes those of the positive one, and no balanced accuracy, which is half the sum of two of them. */
const OF_TWO = ['auroc', 'auprc', 'sensitivity', 'specificity', 'accuracy'] as const;
/** Of several the means over the classes that have no class of their own. */
const OF_SEVERAL = ['auroc', 'auprc', 'accuracy', 'balancedAccuracy'] as const;
type Term = (typeof OF_TWO | typeof OF_SEVERAL)[number];

/** The figures that stand first. */
export function headline(evaluation: Evaluation, counted: Counted = 'images', average: Average = 'macro'): Figure[] {
  const set = setOf(evaluation, counted);
  const { classes, grouping, several } = evaluation;
  const two = classes.length === 2 && !several;
  const figures = new Map([...classFigures(set, average), ...set.whole].map((each) => [each.name, each]));
  const on = (term: Term, figure: MeasuredFigure): string => {
    if (figure.share && several)
      return t('several.ofKnown', { count: count(figure.share.count), of: count(figure.share.of) });
    if (several) return t('several.meanOver', { n: classes.length });
    if (figure.share) return shareOf(figure, counted, grouping);
    // Balanced accuracy is a plain mean, however others are averaged.
    const weighted = average === 'weighted' && term !== 'balancedAccuracy';
    if (!two) return t(weighted ? 'figures.weightedOver' : 'results.figures.meanOver', { n: classes.length });
    if (term === 'auprc')
      return t('results.figures.chance', { value: percent(set.perClass[1]!.cases / Math.max(1, set.cases)) });
    return counted === 'images' ? cohort(evaluation) : t(`common.groups.${grouping ?? 'group'}`, { n: set.cases });
  };
  return (two ? OF_TWO : OF_SEVERAL).map((term) => {
    const figure = figures.get(term)!;
    const title = t(term === 'auprc' ? 'results.figures.averagePrecision' : `glossary.${term}.term`);
    const ofPositive = two && term !== 'auroc' && term !== 'accuracy';
    return {
      term,
      name: ofPositive ? t('results.figures.of', { name: title, class: classes[1] ?? '' }) : title,
      value: valueOf(figure),
      interval: intervalOf(figure) || null,
      on: on(term, figure),
    };
  });
}

/** How the intervals were made; null where there are none. */
export function basis({ figures, grouping }: Evaluation): string | null {
  if (!figures) return null;
  return t(figures.groups ? 'figures.basis' : 'figures.basisAlone', {
    resamples: count(figures.resamples),
    groups: groupWords(grouping),
  });
}

/** The words for several groups of a kind, without their number. */
export const groupWords = (grouping: Evaluation['grouping']): string =>
  t(`common.groups.${grouping ?? 'group'}`, { n: 2 }).replace(/^2\s*/, '');
