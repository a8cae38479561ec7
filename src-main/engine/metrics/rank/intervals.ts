import { generator } from '../../random.ts';
import { bcaEnds, ROUNDING } from '../bca.ts';
import { normalQuantile } from '../normal.ts';
import type { Statistic } from './permutations.ts';

export interface RankInterval {
  low: number;
  high: number;
  method: 'bonett-wright' | 'fieller' | 'bca';
}

/**
 * Interval on Fisher's z scale: of Spearman's ρ with the variance (1 + ρ²/2) / (n − 3) of Bonett and Wright (2000,
 * Psychometrika 65:23), of Kendall's τ with 0.437 / (n − 4) of Fieller, Hartley and Pearson (1957, Biometrika 44:470). By
 * Bonett and Wright's simulations both hold their coverage from 10 pairs on, for |ρ| up to 0.95 and |τ| up to 0.8. Null
 * where there are too few pairs for a variance, and at −1 and 1, which have none.
 */
export function zInterval(
  statistic: 'spearman' | 'kendall',
  { value, n }: { value: number; n: number },
  confidence: number,
): RankInterval | null {
  const [variance, method] =
    statistic === 'spearman'
      ? ([(1 + value ** 2 / 2) / (n - 3), 'bonett-wright'] as const)
      : ([0.437 / (n - 4), 'fieller'] as const);
  if (!(variance > 0 && Number.isFinite(variance)) || Math.abs(value) >= 1 - 1e-12) return null;
  const reach = normalQuantile((1 + confidence) / 2) * Math.sqrt(variance);
  return { low: Math.tanh(Math.atanh(value) - reach), high: Math.tanh(Math.atanh(value) + reach), method };
}

const RESAMPLES = 2000;
/** Resamples of fewer pairs are mostly the same few. */
const FEWEST_RESAMPLED = 8;

/**
 * BCa interval over draws of pairs, for a correlation that no formula is known for. With few pairs its coverage is not known
 * either. Null with fewer than 8 pairs, and where too many draws do not define it.
 */
export function bootstrapInterval(
  measure: Statistic,
  { x, y, value }: { x: readonly number[]; y: readonly number[]; value: number },
  confidence: number,
): RankInterval | null {
  const n = x.length;
  if (n < FEWEST_RESAMPLED) return null;
  const random = generator(0, 'pairs');
  const of = (pairs: readonly number[]): number =>
    measure(
      pairs.map((pair) => x[pair]!),
      pairs.map((pair) => y[pair]!),
    ) ?? Number.NaN;
  const all = x.map((_, pair) => pair);
  const drawn = Float64Array.from({ length: RESAMPLES }, () => of(all.map(() => Math.floor(random() * n))));
  const left = Float64Array.from(all, (pair) => of(all.toSpliced(pair, 1)));
  const ascending = drawn.filter((each) => !Number.isNaN(each)).sort();
  if (ascending.length < RESAMPLES / 2 || left.some(Number.isNaN)) return null;
  // In perfect order all draws are, too.
  if (ascending.at(-1)! - ascending[0]! < ROUNDING) return null;
  const ends = bcaEnds(value, { ascending, left }, confidence);
  return ends && { ...ends, method: 'bca' };
}
