/** What to draw, by the recipe of `label_inputs` in `test/golden/drawn.py`. */
export interface LabelRecipe {
  seed: number;
  n: number;
  /** Of each label, the share of images that have it. */
  priors: number[];
  /** Of each label, the share of images of which it is not known. */
  unknown: number[];
  levels: number;
  lift: number;
  /** Patients that the images are drawn for; 0: each has its own. */
  patients: number;
}

/** Predictions of several labels an image, of a golden case. */
export function drawnLabels({ seed, n, priors, unknown, levels, lift, patients }: LabelRecipe) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
  const k = priors.length;
  const several = new Int8Array(n * k);
  const probabilities = new Float32Array(n * k);
  const groups: string[] = [];
  for (let image = 0; image < n; image++) {
    for (let label = 0; label < k; label++) {
      const at = image * k + label;
      const has = next() < priors[label]! ? 1 : 0;
      several[at] = next() < unknown[label]! ? -1 : has;
      const u = next();
      probabilities[at] = ((levels > 0 ? Math.floor(u * levels) / levels : u) + 0.0625 + lift * has) / (1.125 + lift);
    }
    groups.push(`p${patients > 0 ? Math.floor(next() * patients) : image}`);
  }
  return { labels: [], several, probabilities, groups, names: priors.map((_, label) => `label ${label}`) };
}
