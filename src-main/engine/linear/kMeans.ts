import { generator } from '../random.ts';
import { matrix, rowOf, type Matrix } from './matrix.ts';

const MOST_STEPS = 300;

/**
 * Lloyd's algorithm from centres drawn by k-means++ (Arthur and Vassilvitskii 2007).
 * @param x [n × width] with n ≥ k
 * @param seed of the drawing
 * @returns the cluster of each row, from 0 to k − 1; one may be empty where rows are equal
 */
export function kMeans(x: Matrix, { k, seed }: { k: number; seed: number | string }): Uint32Array {
  const centres = drawnCentres(x, k, generator(seed, 'k-means++'));
  const clusters = new Uint32Array(x.rows).fill(k);
  for (let step = 0; step < MOST_STEPS; step++) {
    let moved = false;
    for (let i = 0; i < x.rows; i++) {
      const nearest = nearestOf(centres, rowOf(x, i));
      moved ||= nearest !== clusters[i];
      clusters[i] = nearest;
    }
    if (!moved) break;
    recentre(centres, x, clusters);
  }
  return clusters;
}

/** The first at random, each other with a chance in proportion to its squared distance from the nearest before it. */
function drawnCentres(x: Matrix, k: number, random: () => number): Matrix {
  const centres = matrix(k, x.columns);
  rowOf(centres, 0).set(rowOf(x, Math.floor(random() * x.rows)));
  const nearest = new Float64Array(x.rows).fill(Infinity);
  for (let of = 1; of < k; of++) {
    let total = 0;
    for (let i = 0; i < x.rows; i++) {
      nearest[i] = Math.min(nearest[i]!, squaredDistance(rowOf(x, i), rowOf(centres, of - 1)));
      total += nearest[i]!;
    }
    let left = random() * total;
    let at = nearest.findIndex((share) => (left -= share) < 0);
    if (at === -1) at = x.rows - 1;
    rowOf(centres, of).set(rowOf(x, at));
  }
  return centres;
}

function nearestOf(centres: Matrix, row: Float64Array): number {
  let [nearest, least] = [0, Infinity];
  for (let of = 0; of < centres.rows; of++) {
    const distance = squaredDistance(row, rowOf(centres, of));
    if (distance < least) [nearest, least] = [of, distance];
  }
  return nearest;
}

/** An empty cluster stays where it was. */
function recentre(centres: Matrix, x: Matrix, clusters: Uint32Array): void {
  const counts = new Float64Array(centres.rows);
  for (const cluster of clusters) counts[cluster]! += 1;
  counts.forEach((count, of) => {
    if (count > 0) rowOf(centres, of).fill(0);
  });
  clusters.forEach((cluster, i) => {
    const centre = rowOf(centres, cluster);
    const row = rowOf(x, i);
    for (let j = 0; j < row.length; j++) centre[j]! += row[j]! / counts[cluster]!;
  });
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j]! - b[j]!) ** 2;
  return sum;
}
