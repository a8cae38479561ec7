import { CutpointError } from '../../contract/errors.ts';
import { symmetricEigen } from '../linear/eigen.ts';
import { centreColumns, dot, matrix, rowOf, rowProducts, transpose, type Matrix } from '../linear/matrix.ts';
import { orthonormalRows } from '../linear/orthonormal.ts';

/** What a layer says of some images, ready to be compared: the singular value decomposition of its centred activations. */
export interface Representation {
  /** Observations: images, or images times sampled positions. */
  rows: number;
  /** Channels of the layer. */
  features: number;
  /** Singular values in descending order. */
  singular: Float64Array;
  /** Left singular vectors as orthonormal rows [singular.length × rows]. */
  directions: Matrix;
  /** The first of them that together hold the share of the variance: what SVCCA correlates. */
  kept: number;
}

/**
 * Activations are float32: directions with a smaller share of the largest singular value, or of the length of the
 * activations before centring, are rounding.
 */
const RANK = 1e-6;
const ROUNDING = 1e-7;
/** From here on the squares in the decomposition below cost the directions more than half of their digits. */
const LOOSE = 1e-4;

/**
 * Centres activations and decomposes them. The decomposition is that of the covariance, or of the images' inner products
 * where images are fewer than features; directions that the squares may have bent are made orthonormal again.
 * @param activations [rows × features], the same images in the same order for all that is to be compared
 * @param share of the variance that SVCCA keeps, in (0, 1]: 0.99 in Raghu et al. 2017 (arXiv:1706.05806)
 * @throws CutpointError INPUT_INVALID with fewer than three rows, or values that are not finite
 */
export function represent(activations: Matrix, share = 0.99): Representation {
  const { rows, columns: features } = activations;
  if (rows < 3) {
    throw new CutpointError('INPUT_INVALID', `Representations cannot be compared on ${rows} images.`, {
      remedy: 'Take a few hundred images: at least several times as many as the layer has channels.',
    });
  }
  if (!activations.data.every(Number.isFinite)) {
    throw new CutpointError('INPUT_INVALID', 'The activations of a layer are not finite numbers.', {
      remedy: 'The network has diverged: compare an earlier epoch, or train again with a lower learning rate.',
    });
  }
  const centred = centreColumns(activations);
  const floor = ROUNDING * Math.sqrt(dot(activations.data, activations.data));
  const { singular, directions } = features < rows ? byFeatures(centred, floor) : byImages(centred, floor);
  const kept = directionsFor(singular, share);
  if (kept > 0 && singular[kept - 1]! < LOOSE * singular[0]!) {
    const leading = orthonormalRows(matrix(kept, rows, directions.data.subarray(0, kept * rows)));
    directions.data.set(leading.data);
  }
  return { rows, features, singular, directions, kept };
}

/** The fewest leading directions that hold this share of the variance. */
function directionsFor(singular: Float64Array, share: number): number {
  const total = singular.reduce((sum, value) => sum + value ** 2, 0);
  let sum = 0;
  for (let k = 0; k < singular.length; k++) {
    sum += singular[k]! ** 2;
    // Summed in another order than the total, so equality is never quite reached.
    if (sum >= share * total * (1 - 1e-12) && share < 1) return k + 1;
  }
  return singular.length;
}

type Decomposition = Pick<Representation, 'singular' | 'directions'>;

/** From XᵀX = V S² Vᵀ: directions are the columns of X V S⁻¹. */
function byFeatures(x: Matrix, floor: number): Decomposition {
  const columns = transpose(x);
  const { values, vectors } = symmetricEigen(rowProducts(columns, columns));
  const singular = rootsAboveRounding(values, floor);
  const wanted = matrix(singular.length, x.columns, vectors.data.subarray(0, singular.length * x.columns));
  const directions = rowProducts(wanted, x);
  singular.forEach((value, k) => {
    const row = rowOf(directions, k);
    for (let i = 0; i < row.length; i++) row[i]! /= value;
  });
  return { singular, directions };
}

/** From X Xᵀ = U S² Uᵀ. */
function byImages(x: Matrix, floor: number): Decomposition {
  const { values, vectors } = symmetricEigen(rowProducts(x, x));
  const singular = rootsAboveRounding(values.subarray(0, x.rows - 1), floor);
  return { singular, directions: matrix(singular.length, x.rows, vectors.data.slice(0, singular.length * x.rows)) };
}

function rootsAboveRounding(values: Float64Array, floor: number): Float64Array {
  const roots = values.map((value) => Math.sqrt(Math.max(0, value)));
  return roots.filter((root) => root > Math.max(RANK * roots[0]!, floor));
}
