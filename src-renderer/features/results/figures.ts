import type { Evaluation, Proportion } from '../../../src-main/contract/evaluation.ts';
import { count, metric } from '../../logic/format.ts';
import { fixed } from '../../logic/locale.ts';
import { t } from '../../text/index.ts';

/** Three decimals, with a true minus sign. */
export const threeDecimals = (value: number): string => (value < 0 ? `−${fixed(-value, 3)}` : metric(value));

/** `0.852 to 0.941`. */
export const between = ({ low, high }: { low: number; high: number }): string =>
  t('results.figures.interval', { low: threeDecimals(low), high: threeDecimals(high) });

export const shareOf = ({ count: part, of }: Pick<Proportion, 'count' | 'of'>): string =>
  t('results.figures.share', { count: count(part), of: count(of) });

/** `125 images of 40 patients`; where every image stands on its own, `125 images`. */
export function cohort({ images, groups, grouping }: Pick<Evaluation, 'images' | 'groups' | 'grouping'>): string {
  const own = t('common.groups.image', { n: images });
  if (grouping === 'image') return own;
  return t('results.cohort', { images: own, groups: t(`common.groups.${grouping ?? 'group'}`, { n: groups }) });
}

/** The words for several groups of a kind, without their number. */
export const groupWords = (grouping: Evaluation['grouping']): string =>
  t(`common.groups.${grouping ?? 'group'}`, { n: 2 }).replace(/^2\s*/, '');
