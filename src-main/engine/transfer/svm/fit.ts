import { generator } from '../../random.ts';
import { coordinateDescent, type Solution } from './coordinateDescent.ts';
import { byFeatures, byProducts, type Features } from './examples.ts';
import { plattScaling, type Calibration } from './platt.ts';
import { innerProducts } from './products.ts';

/** One class against the others: its logit is slope · (weights · x + intercept) + the calibration's own intercept. */
export interface Separator {
  weights: Float64Array;
  intercept: number;
  calibration: Calibration;
}

export interface FittedSvm {
  /** By class; of two classes, of the second alone. */
  separators: Separator[];
  /** Calibrated logits of every example by SVMs that were fitted without its patient, by separator. */
  outOfFold: Float64Array[];
}

export interface FitOptions {
  classes: number;
  /** Inverse strength of the penalty. */
  c: number;
  /** Whether an error costs more for the rarer side, as scikit-learn's `balanced`. */
  balanced: boolean;
  /** The fold of every example; examples of a patient share it. */
  folds: readonly number[];
  seed: number;
  /** Called after every pass over the examples; what it throws ends the work. */
  pause(): Promise<void>;
}

/** Examples whose inner products of all pairs are kept: 1 GiB of them. */
const MOST_PAIRED = 16_384;

/**
 * Linear one-versus-rest SVMs with Platt scaling. They are fitted on all examples; the scaling on decision values of SVMs
 * that were fitted without the patient's fold.
 * @param features standardised
 * @param labels class of every example
 */
export async function fitSvm(
  features: Features,
  labels: readonly number[],
  { classes, c, balanced, folds, seed, pause }: FitOptions,
): Promise<FittedSvm> {
  const [count, width] = features.shape;
  // A pass over features takes one product of their length for every example; over inner products, a row for every move.
  const byPairs = count <= Math.min(2 * width, MOST_PAIRED);
  const examples = byPairs ? byProducts(innerProducts(features), count) : byFeatures(features);
  const everything = labels.map((_, example) => example);
  const result: FittedSvm = { separators: [], outOfFold: [] };
  for (let label = classes === 2 ? 1 : 0; label < classes; label++) {
    const positive = labels.map((own) => own === label);
    const solve = (rows: readonly number[], name: string | number): Promise<Solution> =>
      drain(
        coordinateDescent(
          examples,
          { rows, positive, costs: costsOf(rows, positive, balanced, c) },
          { random: generator(seed, 'svm', label, name) },
        ),
        pause,
      );
    const values = new Float64Array(count);
    for (const fold of new Set(folds)) {
      const inFold = (example: number): boolean => folds[example] === fold;
      const { plane } = await solve(
        everything.filter((example) => !inFold(example)),
        fold,
      );
      for (const example of everything.filter(inFold)) values[example] = plane.value(example);
    }
    const calibration = plattScaling(values, positive);
    const { duals } = await solve(everything, 'all');
    result.separators.push({ ...separate(features, duals), calibration });
    result.outOfFold.push(values.map((value) => calibration.slope * value + calibration.intercept));
  }
  return result;
}

async function drain<T>(work: Generator<void, T>, pause: () => Promise<void>): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await pause();
  }
}

/** By example; examples outside `rows` have no cost that matters. */
function costsOf(rows: readonly number[], positive: readonly boolean[], balanced: boolean, c: number): Float64Array {
  const yes = rows.filter((row) => positive[row]).length;
  const [own, others] = balanced ? [rows.length / (2 * yes), rows.length / (2 * (rows.length - yes))] : [1, 1];
  return Float64Array.from(positive, (is) => c * (is ? own : others));
}

/** The hyperplane as the sum of the examples times their duals. */
function separate(
  { data, shape: [count, width] }: Features,
  duals: Float64Array,
): Pick<Separator, 'weights' | 'intercept'> {
  const weights = new Float64Array(width);
  let intercept = 0;
  for (let example = 0; example < count; example++) {
    const dual = duals[example]!;
    if (dual === 0) continue;
    intercept += dual;
    for (let j = 0; j < width; j++) weights[j] = weights[j]! + dual * data[example * width + j]!;
  }
  return { weights, intercept };
}
