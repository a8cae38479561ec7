import type { SourceCorrelation } from '../../../../src-main/contract/sourceAnalysis.ts';
import { decimals, fixed } from '../../../logic/locale.ts';
import { said, t } from '../../../text/index.ts';

interface Ends {
  low: number;
  high: number;
}

/** A number with its interval, if it has one. */
export const withEnds = (value: number | null, ends: Ends | null, write: (value: number) => string): string =>
  value === null
    ? '–'
    : ends === null
      ? write(value)
      : `${write(value)} (${t('compare.range', { low: write(ends.low), high: write(ends.high) })})`;

/** With a minus sign. */
export const hundredths = (value: number): string => fixed(value, 2).replace('-', '−');

export const chance = (p: number | null): string =>
  p === null ? '–' : p < 0.001 ? decimals(p.toExponential(0)).replace('e-', 'e−') : fixed(p, 3);

/** A correlation with its interval, p-value and pairs; or why there is none. */
export const correlationTold = ({ value, interval, p, n, why }: SourceCorrelation): string =>
  value === null
    ? said(why ?? '')
    : t('sources.analysis.correlation', { value: withEnds(value, interval, hundredths), p: chance(p), n });
