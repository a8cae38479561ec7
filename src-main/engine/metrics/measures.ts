import type { FigureReason } from '../../contract/figures.ts';
import type { ClassFigureName, WholeFigureName } from '../../contract/task/classificationFigures.ts';
import { COUNTS, PAIRS, POSITIVES, PRECISION, TRAPEZOIDS, WINS } from './ranking.ts';
import type { Tally } from './tally.ts';

/** A figure as a function of what was counted; NaN where that does not define it. */
export interface Measure<T = Tally> {
  of(tally: T, label: number): number;
  /** Of a share, what is counted and of how many; `of` is their ratio. */
  share?(tally: T, label: number): [count: number, of: number];
  /** Why it is not defined, where it is not. */
  why(tally: T, label: number): FigureReason;
}

export const shareOf = <T>(share: NonNullable<Measure<T>['share']>, why: Measure<T>['why']): Measure<T> => ({
  share,
  why,
  of: (tally, label) => {
    const [count, of] = share(tally, label);
    return count / of;
  },
});

const right = ({ matrix, k }: Tally, label: number): number => matrix[label * k + label]!;
/** Cases of other classes that were not taken for this one. */
const leftAlone = (tally: Tally, label: number): number =>
  tally.cases - tally.actual[label]! - tally.predicted[label]! + right(tally, label);

const rankingOf = (above: number, below: number): Measure => ({
  of: ({ ranked }, label) => ranked[label * COUNTS + above]! / ranked[label * COUNTS + below]!,
  why: ({ actual }, label) => (actual[label] === 0 ? 'ABSENT' : 'ALONE'),
});

/** Of one class against the rest. */
export const CLASS_MEASURES: Readonly<Record<ClassFigureName, Measure>> = {
  auroc: rankingOf(WINS, PAIRS),
  auprc: rankingOf(PRECISION, POSITIVES),
  auprcTrapezoidal: rankingOf(TRAPEZOIDS, POSITIVES),
  sensitivity: shareOf((tally, label) => [right(tally, label), tally.actual[label]!], () => 'ABSENT'),
  specificity: shareOf((tally, label) => [leftAlone(tally, label), tally.cases - tally.actual[label]!], () => 'ALONE'),
  ppv: shareOf((tally, label) => [right(tally, label), tally.predicted[label]!], () => 'NEVER_PREDICTED'),
  npv: shareOf((tally, label) => [leftAlone(tally, label), tally.cases - tally.predicted[label]!], () => 'ALWAYS_PREDICTED'),
  // Of a class that does not occur it would be 0 or nothing, by whether it was predicted.
  f1: {
    of: (tally, label) =>
      tally.actual[label] === 0 ? NaN : (2 * right(tally, label)) / (tally.actual[label]! + tally.predicted[label]!),
    why: () => 'ABSENT',
  },
}; // prettier-ignore

/** Of all classes at once. @param position of each class in their order */
export const wholeMeasures = (position: readonly number[] | null): Readonly<Record<WholeFigureName, Measure>> => ({
  accuracy: shareOf((tally) => [allRight(tally), tally.cases], () => 'ABSENT'),
  // Mean sensitivity of the classes that occur.
  balancedAccuracy: { of: (tally) => mean(tally.present.map((label) => right(tally, label) / tally.actual[label]!)), why: () => 'ABSENT' },
  mcc: { of: matthews, why: () => 'ONE_PREDICTED' },
  kappa: { of: (tally) => kappa(tally, (a, b) => (a === b ? 0 : 1)), why: () => 'ONLY_ONE' },
  kappaLinear: ordered(position, (distance) => distance),
  kappaQuadratic: ordered(position, (distance) => distance ** 2),
  brier: { of: ({ squares, cases }) => squares / cases, why: () => 'ABSENT' },
  logLoss: { of: ({ loss, cases }) => loss / cases, why: () => 'ABSENT' },
}); // prettier-ignore

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const allRight = (tally: Tally): number => {
  let sum = 0;
  for (let label = 0; label < tally.k; label++) sum += right(tally, label);
  return sum;
};

/** Correlation of true and predicted class (Matthews 1975), of several classes R_K (Gorodkin 2004). */
function matthews(tally: Tally): number {
  const { k, cases, actual, predicted } = tally;
  let [both, squaredActual, squaredPredicted] = [0, 0, 0];
  for (let label = 0; label < k; label++) {
    both += actual[label]! * predicted[label]!;
    squaredActual += actual[label]! ** 2;
    squaredPredicted += predicted[label]! ** 2;
  }
  const square = cases ** 2;
  return (allRight(tally) * cases - both) / Math.sqrt((square - squaredActual) * (square - squaredPredicted));
}

/** Agreement beyond chance (Cohen 1960), with weights for how far apart two classes are (Cohen 1968). */
function kappa({ k, cases, matrix, actual, predicted }: Tally, weight: (a: number, b: number) => number): number {
  let [observed, expected] = [0, 0];
  for (let row = 0; row < k; row++)
    for (let column = 0; column < k; column++) {
      const apart = weight(row, column);
      observed += apart * matrix[row * k + column]!;
      expected += (apart * actual[row]! * predicted[column]!) / cases;
    }
  return 1 - observed / expected;
}

function ordered(position: readonly number[] | null, weight: (distance: number) => number): Measure {
  if (position === null) return { of: () => NaN, why: () => 'NOT_ORDERED' };
  const apart = (a: number, b: number) => weight(Math.abs(position[a]! - position[b]!));
  return { of: (tally) => kappa(tally, apart), why: () => 'ONLY_ONE' };
}
