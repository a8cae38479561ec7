import type { Evaluation, Proportion } from '../../../src-main/contract/evaluation.ts';
import { count, metric, percent } from '../../logic/format.ts';
import { t, type Text } from '../../text/index.ts';

type Ends = { low: number; high: number };

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

/** `0.852 to 0.941`. */
export const between = ({ low, high }: Ends): string =>
  t('results.figures.interval', { low: metric(low), high: metric(high) });

export const shareOf = ({ count: part, of }: Pick<Proportion, 'count' | 'of'>): string =>
  t('results.figures.share', { count: count(part), of: count(of) });

/** `125 images of 40 patients`; where every image stands on its own, `125 images`. */
export function cohort({ images, groups, grouping }: Pick<Evaluation, 'images' | 'groups' | 'grouping'>): string {
  const own = t('common.groups.image', { n: images });
  if (grouping === 'image') return own;
  return t('results.cohort', { images: own, groups: t(`common.groups.${grouping ?? 'group'}`, { n: groups }) });
}

/**
 * The figures that stand first. Of two classes those of the positive one, and no balanced accuracy, which is half the sum of
 * two of them; of several the means over the classes that have no class of their own.
 */
export function headline(evaluation: Evaluation): Figure[] {
  const { metrics, classes, intervals } = evaluation;
  const two = classes.length === 2;
  const positive = classes[1] ?? '';
  const ofPositive = (name: string) => (two ? t('results.figures.of', { name, class: positive }) : name);
  const all = cohort(evaluation);
  const over = t('results.figures.meanOver', { n: classes.length });
  const area = (term: 'auroc' | 'auprc', note: string): Figure => ({
    term,
    name: term === 'auroc' ? t('glossary.auroc.term') : ofPositive(t('glossary.auprc.term')),
    value: metric(metrics[term]),
    interval: areaInterval(metrics[term], intervals && (intervals[term] ?? null)),
    on: note,
  });
  const positives = metrics.confusionMatrix[1]?.reduce((sum, value) => sum + value, 0) ?? 0;
  const chance = t('results.figures.chance', { value: percent(positives / Math.max(1, evaluation.images)) });
  const right = metrics.confusionMatrix.reduce((sum, row, at) => sum + (row[at] ?? 0), 0);
  const accuracy: Figure = {
    term: 'accuracy',
    name: t('glossary.accuracy.term'),
    value: metric(metrics.accuracy),
    interval: intervals ? between(intervals.accuracy) : null,
    on: shareOf({ count: right, of: evaluation.images }),
  };
  if (!two)
    return [
      area('auroc', over),
      area('auprc', over),
      accuracy,
      { term: 'balancedAccuracy', name: t('glossary.balancedAccuracy.term'), value: metric(metrics.balancedAccuracy), interval: null, on: over },
    ]; // prettier-ignore
  const share = (term: 'sensitivity' | 'specificity', row: number): Figure => {
    const counts = metrics.confusionMatrix[row] ?? [];
    const of = (counts[0] ?? 0) + (counts[1] ?? 0);
    const found = intervals?.[term];
    return {
      term,
      name: ofPositive(t(`glossary.${term}.term`)),
      value: metric(metrics[term]),
      interval: found ? between(found) : null,
      on: shareOf({ count: counts[row] ?? 0, of }),
    };
  };
  return [area('auroc', all), area('auprc', chance), share('sensitivity', 1), share('specificity', 0), accuracy];
}

/** @param interval undefined: the evaluation has none; null: none can be told */
export function areaInterval(value: number | null, interval: Ends | null | undefined): string | null {
  if (value === null) return t('results.figures.notDefined');
  if (interval === undefined) return null;
  return interval ? between(interval) : t('results.figures.noInterval');
}

/** How the intervals were made, and what is not in them. */
export function basis({ intervals, grouping }: Evaluation): string | null {
  if (!intervals) return null;
  const groups = groupWords(grouping);
  const drawn = t('results.figures.drawn', { resamples: count(intervals.resamples), groups });
  return t('results.figures.basis', {
    percent: percent(intervals.confidence),
    areas: t(`results.figures.${intervals.auroc?.method === 'delong' ? 'delong' : 'bootstrap'}`, { drawn }),
    shares: t(`results.figures.${intervals.clustered ? 'wilsonClustered' : 'wilson'}`),
  });
}

/** The words for several groups of a kind, without their number. */
export const groupWords = (grouping: Evaluation['grouping']): string =>
  t(`common.groups.${grouping ?? 'group'}`, { n: 2 }).replace(/^2\s*/, '');
