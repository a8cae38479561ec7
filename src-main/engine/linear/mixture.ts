import { breathe } from '../breathe.ts';
import { inverseCholesky } from './cholesky.ts';
import { kMeans } from './kMeans.ts';
import { matrix, rowOf, type Matrix } from './matrix.ts';

const MOST_STEPS = 100;
/** Gain in the mean log-likelihood of a row below which the fit has ended. */
const CONVERGED = 1e-3;

export interface MixtureFit {
  /** Probability of each component given each row, [n × k]. */
  responsibilities: Matrix;
  /** Mean log-likelihood of a row. */
  logLikelihood: number;
  /** EM ended since it gained nothing more, not since it had taken its most steps. */
  converged: boolean;
}

export interface MixtureOptions {
  /** Components. */
  k: number;
  seed: number | string;
  /** Added to each variance, so that no component shrinks to a point. */
  ridge: number;
  signal?: AbortSignal | undefined;
}

/**
 * A mixture of Gaussians with a full covariance each, by expectation and maximisation (Dempster et al. 1977) from clusters by
 * k-means, under the rules at which scikit-learn's `GaussianMixture` stops: where a step gains less than 0.001, or after 100.
 * @param x [n × d] with n ≥ k
 * @returns null where a covariance has no inverse: of values that are not finite, or with a ridge of 0
 * @throws the signal's reason when it is aborted
 */
export async function fitMixture(x: Matrix, { k, seed, ridge, signal }: MixtureOptions): Promise<MixtureFit | null> {
  let responsibilities = matrix(x.rows, k);
  kMeans(x, { k, seed }).forEach((cluster, i) => (responsibilities.data[i * k + cluster] = 1));
  let logLikelihood = -Infinity;
  for (let step = 0; step < MOST_STEPS; step++) {
    signal?.throwIfAborted();
    const components = maximised(x, responsibilities, ridge);
    if (components === null) return null;
    const next = expected(x, components);
    const gain = next.logLikelihood - logLikelihood;
    ({ responsibilities, logLikelihood } = next);
    if (Math.abs(gain) < CONVERGED) return { responsibilities, logLikelihood, converged: true };
    await breathe();
  }
  return { responsibilities, logLikelihood, converged: false };
}

interface Component {
  /** ln of its weight, less what normalises its density. */
  constant: number;
  mean: Float64Array;
  /** Inverse of the Cholesky factor of its covariance. */
  inverse: Float64Array;
}

function maximised(x: Matrix, { columns: k, data }: Matrix, ridge: number): Component[] | null {
  const { rows: n, columns: d } = x;
  const components: Component[] = [];
  for (let of = 0; of < k; of++) {
    const share = Float64Array.from({ length: n }, (_, i) => data[i * k + of]!);
    const total = share.reduce((sum, value) => sum + value, 10 * Number.EPSILON);
    const mean = new Float64Array(d);
    for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) mean[j]! += (share[i]! * x.data[i * d + j]!) / total;
    const factor = inverseCholesky(covarianceOf(x, { share, total, mean, ridge }), d);
    if (factor === null) return null;
    const constant = Math.log(total / n) - (d * Math.log(2 * Math.PI) + factor.logDeterminant) / 2;
    components.push({ constant, mean, inverse: factor.inverse });
  }
  return components;
}

/** Its lower triangle alone. */
function covarianceOf(
  x: Matrix,
  of: { share: Float64Array; total: number; mean: Float64Array; ridge: number },
): Float64Array {
  const d = x.columns;
  const covariance = new Float64Array(d * d);
  const centred = new Float64Array(d);
  for (let i = 0; i < x.rows; i++) {
    const weight = of.share[i]! / of.total;
    // Most rows belong to few components.
    if (weight < 1e-300) continue;
    for (let a = 0; a < d; a++) centred[a] = x.data[i * d + a]! - of.mean[a]!;
    for (let a = 0; a < d; a++) {
      const scaled = weight * centred[a]!;
      for (let b = 0; b <= a; b++) covariance[a * d + b]! += scaled * centred[b]!;
    }
  }
  for (let a = 0; a < d; a++) covariance[a * d + a]! += of.ridge;
  return covariance;
}

function expected(x: Matrix, components: readonly Component[]): Omit<MixtureFit, 'converged'> {
  const k = components.length;
  const responsibilities = matrix(x.rows, k);
  let total = 0;
  for (let i = 0; i < x.rows; i++) {
    const row = rowOf(responsibilities, i);
    components.forEach((component, of) => (row[of] = logDensity(component, rowOf(x, i))));
    const largest = Math.max(...row);
    const sum = row.reduce((all, value) => all + Math.exp(value - largest), 0);
    const logSum = largest + Math.log(sum);
    for (let of = 0; of < k; of++) row[of] = Math.exp(row[of]! - logSum);
    total += logSum;
  }
  return { responsibilities, logLikelihood: total / x.rows };
}

/** With the weight of the component. */
function logDensity({ constant, mean, inverse }: Component, row: Float64Array): number {
  const d = mean.length;
  let squares = 0;
  for (let a = 0; a < d; a++) {
    let sum = 0;
    for (let b = 0; b <= a; b++) sum += inverse[a * d + b]! * (row[b]! - mean[b]!);
    squares += sum * sum;
  }
  return constant - squares / 2;
}
