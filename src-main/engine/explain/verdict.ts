import type { MapCheck } from '../../contract/explain.ts';

type Figures = Pick<MapCheck['cascade'][number], 'spearman' | 'spearmanAbsolute'>;

/**
 * Rank correlations from which a map counts as nearly the same, and from which as partly so. Below the second, two maps
 * of a typical 7 × 7 places are no more alike than chance allows (two-sided 1 %: 0.36).
 */
export const ALIKE = 0.7;
export const PARTLY = 0.4;

/** The larger of both rank correlations: a map turned inside out has kept what it shows, too. */
function likeness({ spearman, spearmanAbsolute }: Figures): number | null {
  const known = [spearman, spearmanAbsolute].filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** What the figures of both checks mean, in a sentence each. */
export function verdictOf(
  cascade: MapCheck['cascade'],
  repeatability: MapCheck['repeatability'],
  blank: boolean,
): MapCheck['verdict'] {
  if (blank)
    return {
      randomisation: 'undefined',
      repeatability: 'undefined',
      sentences: ['The map itself is blank, so there is nothing to check.'],
    };
  const random = cascade.length === 0 ? null : likeness(cascade.at(-1)!);
  const seeds = repeatability && likeness(repeatability);
  const figure = (value: number): string => `rank correlation ${value.toFixed(2)}`;
  const sentences = [
    random === null
      ? 'Random weights leave no map to compare with: the check by random weights says nothing here.'
      : random >= ALIKE
        ? `The map hardly changes when the weights are random (${figure(random)}): it shows the image, not what was learnt. Do not trust it.`
        : random >= PARTLY
          ? `The map changes only in part when the weights are random (${figure(random)}): some of it does not come from what was learnt.`
          : `The map changes when the weights are random (${figure(random)}), as it should: it depends on what was learnt.`,
    repeatability === null
      ? 'There is no other run of this plan, so it is not known whether another seed gives the same map: train the same plan with another seed.'
      : seeds === null
        ? 'The maps of the other seeds have one value only: nothing can be said about how repeatable this one is.'
        : seeds >= ALIKE
          ? `${repeatability.runs.length} runs with different seeds give much the same map (mean ${figure(seeds)}).`
          : seeds >= PARTLY
            ? `${repeatability.runs.length} runs with different seeds agree in part (mean ${figure(seeds)}): do not interpret its details.`
            : `${repeatability.runs.length} runs with different seeds give different maps (mean ${figure(seeds)}): do not rely on this one.`,
  ];
  const level = <T>(value: number | null | undefined, names: readonly [T, T, T], none: T): T =>
    value === null || value === undefined ? none : names[value >= ALIKE ? 0 : value >= PARTLY ? 1 : 2];
  return {
    randomisation: level(random, ['failed', 'partly', 'passed'] as const, 'undefined'),
    repeatability: level(seeds, ['stable', 'partly', 'unstable'] as const, 'undefined'),
    sentences,
  };
}
