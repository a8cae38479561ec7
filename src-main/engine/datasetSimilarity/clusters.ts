export interface Clusters {
  k: number;
  /** Mean over all vectors. */
  silhouette: number;
  /** e to the Shannon entropy of the clusters' shares: from 1 to k, which all of one size have. */
  effective: number;
  /** Mean cosine distance of a vector from the middle of its cluster. */
  within: number;
}

const [FEWEST, MOST, RESTARTS, ROUNDS] = [2, 10, 4, 50];

/**
 * Clusters vectors of length 1 by k-means (Lloyd 1982) from starts by k-means++ (Arthur and Vassilvitskii 2007), the best of
 * four for each k from 2 to 10, and takes the k with the largest mean silhouette (Rousseeuw 1987), of squared Euclidean
 * distances, which of such vectors are twice their cosine distances.
 * @param products of every vector with every other, [n × n] row after row, 1 on the diagonal; n at least 3
 */
export function clusterVectors(products: Float32Array, n: number, random: () => number): Clusters {
  let best: Clusters | null = null;
  for (let k = FEWEST; k <= Math.min(MOST, n - 1); k++) {
    let tightest: Assigned | null = null;
    for (let restart = 0; restart < RESTARTS; restart++) {
      const found = lloyd(products, n, startOf(products, n, k, random), k);
      if (!tightest || found.spread < tightest.spread) tightest = found;
    }
    const silhouette = meanSilhouette(tightest!, n);
    if (!best || silhouette > best.silhouette) best = { k, silhouette, ...shape(tightest!, n) };
  }
  return best!;
}

interface Assigned {
  /** Cluster of each vector. */
  of: Int32Array;
  /** Sum of the products of each vector with those of each cluster, [n × k]. */
  sums: Float64Array;
  sizes: Int32Array;
  /** Sum of squared distances from the middles. */
  spread: number;
  k: number;
}

/** Each vector goes to the nearest of k that are drawn, each with a chance as its squared distance from those before. */
function startOf(products: Float32Array, n: number, k: number, random: () => number): Int32Array {
  const of = new Int32Array(n);
  const nearest = new Float64Array(n).fill(Infinity);
  for (let cluster = 0, centre = Math.floor(random() * n); cluster < k; cluster++) {
    let total = 0;
    for (let at = 0; at < n; at++) {
      const distance = Math.max(0, 2 - 2 * products[centre * n + at]!);
      if (distance < nearest[at]!) [nearest[at], of[at]] = [distance, cluster];
      total += nearest[at]!;
    }
    let left = random() * total;
    centre = nearest.findIndex((distance) => (left -= distance) < 0);
    if (centre < 0) centre = n - 1;
  }
  return of;
}

function lloyd(products: Float32Array, n: number, of: Int32Array, k: number): Assigned {
  let assigned = assign(products, n, of, k);
  for (let round = 0; round < ROUNDS; round++) {
    const next = nearestMiddles(assigned, n);
    if (next.every((cluster, at) => cluster === assigned.of[at])) break;
    assigned = assign(products, n, next, k);
  }
  return assigned;
}

function assign(products: Float32Array, n: number, of: Int32Array, k: number): Assigned {
  const sums = new Float64Array(n * k);
  const sizes = new Int32Array(k);
  for (const cluster of of) sizes[cluster]!++;
  for (let one = 0; one < n; one++)
    for (let other = 0; other < n; other++) sums[one * k + of[other]!]! += products[one * n + other]!;
  // Σ |u − c|² of a cluster of m vectors of length 1 is m less the sum of all products in it, by m.
  const inner = new Float64Array(k);
  of.forEach((cluster, at) => (inner[cluster]! += sums[at * k + cluster]!));
  const spread = inner.reduce((sum, value, cluster) => sum + sizes[cluster]! - value / Math.max(1, sizes[cluster]!), 0);
  return { of, sums, sizes, spread, k };
}

/** |u − c|² = 1 − 2 u·c + |c|², of which the 1 is the same for all. */
function nearestMiddles({ of, sums, sizes, k }: Assigned, n: number): Int32Array {
  const lengths = new Float64Array(k);
  of.forEach((cluster, at) => (lengths[cluster]! += sums[at * k + cluster]!));
  return Int32Array.from({ length: n }, (_, at) => {
    let [best, least] = [of[at]!, Infinity];
    for (let cluster = 0; cluster < k; cluster++) {
      const size = sizes[cluster]!;
      if (size === 0) continue;
      const distance = (-2 * sums[at * k + cluster]!) / size + lengths[cluster]! / size ** 2;
      if (distance < least - 1e-12) [best, least] = [cluster, distance];
    }
    return best;
  });
}

/** (b − a) / max(a, b) of a vector: a its mean distance to the others of its cluster, b the least to those of another. */
function meanSilhouette({ of, sums, sizes, k }: Assigned, n: number): number {
  let total = 0;
  for (let at = 0; at < n; at++) {
    const own = of[at]!;
    if (sizes[own]! < 2) continue;
    const a = 1 - (sums[at * k + own]! - 1) / (sizes[own]! - 1);
    let b = Infinity;
    for (let cluster = 0; cluster < k; cluster++)
      if (cluster !== own && sizes[cluster]! > 0) b = Math.min(b, 1 - sums[at * k + cluster]! / sizes[cluster]!);
    const most = Math.max(a, b);
    if (most > 0 && b < Infinity) total += (b - a) / most;
  }
  return total / n;
}

function shape({ of, sums, sizes, k }: Assigned, n: number): Pick<Clusters, 'effective' | 'within'> {
  const shares = [...sizes].filter((size) => size > 0).map((size) => size / n);
  const entropy = -shares.reduce((sum, share) => sum + share * Math.log(share), 0);
  const inner = new Float64Array(k);
  of.forEach((cluster, at) => (inner[cluster]! += sums[at * k + cluster]!));
  // u·c / |c| with |c| = √inner / m and u·c = sums / m.
  const within = of.reduce((sum, cluster, at) => sum + 1 - sums[at * k + cluster]! / Math.sqrt(inner[cluster]!), 0) / n;
  return { effective: Math.exp(entropy), within };
}
