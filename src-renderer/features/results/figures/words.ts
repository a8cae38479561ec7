import type { Evaluation } from '../../../../src-main/contract/evaluation.ts';
import type { MeasuredFigure } from '../../../../src-main/contract/figures.ts';
import type { FigureDescription } from '../../../../src-main/contract/task/index.ts';
import { count } from '../../../logic/format.ts';
import { said, t } from '../../../text/index.ts';
import { between, shareOf as imagesOf, threeDecimals } from '../figures.ts';
import type { Counted } from './view.ts';

export const valueOf = ({ value }: MeasuredFigure): string => (value === null ? '–' : threeDecimals(value));

/** The interval that stands for all, or why there is none. */
export function intervalOf({ intervals: [first], reason, reasonOf, noInterval }: MeasuredFigure): string {
  const why = reason ?? noInterval;
  if (first) return between(first);
  if (!why) return '';
  return reasonOf === undefined ? said(why.message) : t('figures.reasonOf', { class: reasonOf, reason: said(why.message) });
} // prettier-ignore

/** How the first interval was made, and why it is no other. */
export function methodOf({ intervals: [first], noInterval, undefinedResamples }: MeasuredFigure): string {
  if (!first) return '';
  const left = undefinedResamples > 0 && !noInterval ? [t('figures.left', { n: undefinedResamples })] : [];
  return [
    t(`figures.method.${first.method}`),
    ...left,
    ...(noInterval ? [t('figures.noBootstrap', { reason: said(noInterval.message) })] : []),
  ].join('; ');
}

export const othersOf = ({ intervals: [, ...others] }: MeasuredFigure): string =>
  others
    .map((each) => t('figures.other', { method: t(`figures.short.${each.method}`), interval: between(each) }))
    .join('; ');

/** `35 of 40 patients`; nothing for what is no share. */
export function shareOf({ share }: MeasuredFigure, counted: Counted, grouping: Evaluation['grouping']): string {
  if (!share) return '';
  if (counted === 'images') return imagesOf(share);
  const groups = t(`common.groups.${grouping ?? 'group'}`, { n: share.of });
  return t('figures.of', { count: count(share.count), groups });
}

/** `0 to 1, higher is better`. @param classes their number */
export function scaleOf({ range: [least, most], mostOfTwo, better }: FigureDescription, classes: number): string {
  const upTo = classes === 2 ? (mostOfTwo ?? most) : most;
  const named = { least: least < 0 ? `−${-least}` : String(least), better: t(`figures.better.${better}`) };
  return upTo === null ? t('figures.open', named) : t('figures.scale', { ...named, most: String(upTo) });
}
