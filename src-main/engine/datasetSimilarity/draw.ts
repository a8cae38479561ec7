/**
 * What share of all each image stands for where classes count alike: 1 / (classes × images of its class). Task2Vec's
 * authors draw images in these proportions.
 * @param labels class of each image
 */
export function balancedWeights(labels: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return labels.map((label) => 1 / (counts.size * counts.get(label)!));
}

/** Endless draws of an image, with replacement, in the proportions of {@link balancedWeights}. */
export function balancedDraws(labels: readonly number[], random: () => number): () => number {
  const members = [...Map.groupBy(labels.keys(), (at) => labels[at]!).values()];
  return () => {
    const of = members[Math.floor(random() * members.length)]!;
    return of[Math.floor(random() * of.length)]!;
  };
}

/**
 * A subset without replacement: one image of each class, so that every subset has the same task, and the others with
 * chances as {@link balancedWeights} (keys u^(1/w) of Efraimidis and Spirakis 2006).
 * @param size at least the number of classes, at most that of the images
 * @returns positions, ascending
 */
export function drawSubset(labels: readonly number[], size: number, random: () => number): number[] {
  const weights = balancedWeights(labels);
  const keys = weights.map((weight) => Math.log(1 - random()) / weight);
  const order = [...labels.keys()].sort((a, b) => keys[b]! - keys[a]!);
  const seen = new Set<number>();
  const first = order.filter((at) => !seen.has(labels[at]!) && seen.add(labels[at]!));
  const taken = new Set(first);
  const others = order.filter((at) => !taken.has(at));
  return [...first, ...others].slice(0, size).sort((a, b) => a - b);
}
