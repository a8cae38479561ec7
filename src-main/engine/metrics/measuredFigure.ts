import { FIGURE_REASONS, type FigureInterval, type FigureReason, type MeasuredFigure } from '../../contract/figures.ts';
import { bcaEnds, ROUNDING } from './bca.ts';
import type { Counted, Row } from './layout.ts';
import type { ResampledNumbers } from './resample.ts';
import { quantile } from './summary.ts';
import { wilson } from './wilson.ts';

/** A value with its intervals, or the reason why there is none. */
export function measuredFigure<T extends Counted>(
  { row, at, full, classes }: { row: Row<T>; at: number; full: T; classes: readonly string[] },
  { resampled, clustered, confidence }: { resampled: ResampledNumbers; clustered: boolean; confidence: number },
): MeasuredFigure {
  const { name, part, label, measure } = row;
  const value = resampled.values[at]!;
  if (Number.isNaN(value)) {
    const average = part === 'macro' || part === 'weighted';
    const undefinedOf = average ? full.present.find((each) => Number.isNaN(measure.of(full, each))) : undefined;
    return {
      ...{ name, value: null },
      reason: reason(
        average && undefinedOf === undefined ? 'NONE_JUDGED' : measure.why(full, undefinedOf ?? label ?? 0),
      ),
      ...(undefinedOf !== undefined && { reasonOf: classes[undefinedOf]! }),
      ...{ intervals: [], undefinedResamples: 0 },
    };
  }
  const drawn = resampled.drawn[at]!;
  const ascending = drawn.filter((each) => !Number.isNaN(each)).sort();
  const bootstrapped = bootstrapIntervals(value, { ascending, left: resampled.left[at]! }, confidence);
  const share = part === 'class' || part === 'whole' ? measure.share?.(full, label ?? 0) : undefined;
  const found: FigureInterval[] = 'code' in bootstrapped ? [] : bootstrapped;
  if (share) {
    const { low, high } = wilson(...share, confidence);
    const own: FigureInterval = { method: 'wilson', low, high };
    if (clustered) found.push(own);
    else found.unshift(own);
  }
  return {
    ...{ name, value, intervals: found, undefinedResamples: drawn.length - ascending.length },
    ...(share && { share: { count: share[0], of: share[1] } }),
    ...('code' in bootstrapped && { noInterval: bootstrapped }),
  };
}

const reason = (code: FigureReason) => ({ code, message: FIGURE_REASONS[code] });

/** Corrected, where that can be told, which holds the true value more often (`npm run bench:coverage`), and by percentiles; or why there are none. */
function bootstrapIntervals(
  value: number,
  { ascending, left }: { ascending: Float64Array; left: Float64Array },
  confidence: number,
): FigureInterval[] | ReturnType<typeof reason> {
  if (ascending.length === 0 || left.some(Number.isNaN)) return reason('TOO_FEW');
  if (ascending.at(-1)! - ascending[0]! < ROUNDING) return reason('NO_VARIANCE');
  const tail = (1 - confidence) / 2;
  const corrected = bcaEnds(value, { ascending, left }, confidence);
  return [
    ...(corrected ? [{ method: 'bca' as const, ...corrected }] : []),
    { method: 'percentile', low: quantile(ascending, tail), high: quantile(ascending, 1 - tail) },
  ];
}
