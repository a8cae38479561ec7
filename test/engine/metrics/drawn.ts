/** What to draw, by the recipe in `test/golden/metrics.json`. */
export interface Recipe {
  seed: number;
  n: number;
  k: number;
  levels: number;
  shares: number[];
  lift: number;
  /** Patients that the images are drawn for; 0: each has its own. */
  patients?: number;
}

/** Predictions of a golden case. */
export function drawnPredictions({ seed, n, k, levels, shares, lift, patients = 0 }: Recipe) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
  const labels: number[] = [];
  const probabilities = new Float32Array(n * k);
  for (let i = 0; i < n; i++) {
    const x = next();
    let cumulated = 0;
    const found = shares.findIndex((share) => x < (cumulated += share));
    const label = found < 0 ? k - 1 : found;
    labels.push(label);
    const values = Array.from({ length: k }, (_, index) => {
      const u = next();
      return (levels > 0 ? Math.floor(u * levels) / levels : u) + 0.0625 + (index === label ? lift : 0);
    });
    const total = values.reduce((a, b) => a + b, 0);
    values.forEach((value, index) => (probabilities[i * k + index] = value / total));
  }
  const groups = labels.map((_, image) => `p${patients > 0 ? Math.floor(next() * patients) : image}`);
  return { labels, probabilities, groups, classes: Array.from({ length: k }, (_, index) => `class ${index}`) };
}
