import type { Proportion } from '../../contract/evaluation.ts';
import { normalQuantile } from './normal.ts';

/**
 * A share with its score interval, without continuity correction (Wilson 1927, equation 5). It stays within 0 and 1, and is
 * wider than nothing for shares of 0 and 1.
 * @param of at least 1
 * @param confidence two-sided, in (0, 1)
 */
export function wilson(count: number, of: number, confidence: number): Proportion {
  const z = normalQuantile((1 + confidence) / 2);
  const share = count / of;
  const middle = share + z ** 2 / (2 * of);
  const reach = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  const scale = 1 + z ** 2 / of;
  // At 0 and 1 they are those numbers but for rounding.
  const low = count === 0 ? 0 : (middle - reach) / scale;
  return { count, of, low, high: count === of ? 1 : (middle + reach) / scale };
}
