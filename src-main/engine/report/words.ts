import type { FigureInterval, MeasuredFigure } from '../../contract/figures.ts';
import { NOT_KNOWN } from './html.ts';

/** Numbers as the report writes them. A number that is not there is a dash. */

const isNumber = (value: number | null | undefined): value is number => Number.isFinite(value);

/** `0.954`. */
export const score = (value: number | null | undefined): string =>
  isNumber(value) ? value.toFixed(3).replace('-', '−') : NOT_KNOWN;

/** `0.954 (0.912 to 0.981)`; without an interval the value alone. */
export const between = (
  value: number | null | undefined,
  range: { low: number; high: number } | null | undefined,
): string =>
  range && isNumber(value) ? `${score(value)} (${score(range.low)} to ${score(range.high)})` : score(value);

/** `12,345`. */
export const counted = (value: number | null | undefined): string =>
  isNumber(value) ? value.toLocaleString('en') : NOT_KNOWN;

/** `3 images`, `1 image`. */
export const plural = (value: number, noun: string): string => `${counted(value)} ${noun}${value === 1 ? '' : 's'}`;

/** `12.5 %`. */
export const share = (part: number, whole: number): string =>
  whole > 0 ? `${((100 * part) / whole).toFixed(1)} %` : NOT_KNOWN;

/** `4.2 M`, `850 k`. */
export function size(value: number): string {
  const [by, unit] = value >= 1e9 ? [1e9, ' G'] : value >= 1e6 ? [1e6, ' M'] : value >= 1e3 ? [1e3, ' k'] : [1, ''];
  return `${Number((value / by).toPrecision(3))}${unit}`;
}

/** `3 min`, `2.5 h`. */
export const duration = (seconds: number): string =>
  seconds < 60
    ? `${Math.round(seconds)} s`
    : seconds < 3600
      ? `${Math.round(seconds / 60)} min`
      : `${(seconds / 3600).toFixed(1)} h`;

/** `2026-11-29`. */
export const day = (time: string): string => time.slice(0, 10);

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`;
}

/** By what intervals are made. */
export const INTERVAL_METHODS: Readonly<Record<FigureInterval['method'], string>> = {
  delong: 'DeLong',
  wilson: 'Wilson',
  bca: 'bootstrap, BCa',
  percentile: 'bootstrap, percentiles',
};

/** How the interval that is shown was made, or why there is no value or none. */
export function madeBy({ reason, reasonOf, intervals: [first], noInterval }: MeasuredFigure): string {
  if (reason) return reasonOf === undefined ? reason.message : `${reasonOf}: ${reason.message}`;
  return first ? INTERVAL_METHODS[first.method] : (noInterval?.message ?? '');
}
