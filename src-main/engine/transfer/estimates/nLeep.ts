import { fitMixture } from '../../linear/mixture.ts';
import type { Matrix } from '../../linear/matrix.ts';
import { leep } from './leep.ts';

/** Share of the variance that the principal components explain, and Gaussians per class, as Li et al. have them. */
export const EXPLAINED = 0.8;
const PER_CLASS = 5;
/** That of scikit-learn's `GaussianMixture`, of features with a variance of 1. */
const RIDGE = 1e-6;

/**
 * N-LEEP (Li et al. 2021, arXiv:2011.11200): LEEP without a source classifier. In the place of the probabilities of source
 * classes stand those of the components of a mixture of Gaussians, five per class, fitted to the features in the basis of
 * their principal components. At most 0; larger is better.
 *
 * The fit depends on where it starts: features with the same seed and the same images can be compared.
 * @param x principal components [n × d], see `principalComponents`
 * @param labels class index of each row
 * @returns null where there are fewer images than components, or no feature varies or is finite
 * @throws the signal's reason when it is aborted
 */
export async function nLeep(
  x: Matrix,
  labels: readonly number[],
  { seed, signal }: { seed: number; signal?: AbortSignal | undefined },
): Promise<number | null> {
  const classes = Math.max(...labels) + 1;
  const k = PER_CLASS * new Set(labels).size;
  if (x.rows < k || x.columns === 0) return null;
  const fit = await fitMixture(x, { k, seed, ridge: RIDGE, signal });
  return fit && leep(fit.responsibilities.data, labels, { width: k, classes });
}
