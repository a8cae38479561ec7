/** Shares of one class against the rest; null where there are no images to take a share of. */
export interface Rates {
  /** TP / (TP + FN). */
  sensitivity: number | null;
  /** TN / (TN + FP). */
  specificity: number | null;
}

/** The most probable class of an image, the first of equals; with two classes that is a threshold of 0.5. */
export function predictedClass(probabilities: Float32Array, image: number, k: number): number {
  let best = 0;
  for (let label = 1; label < k; label++)
    if (probabilities[image * k + label]! > probabilities[image * k + best]!) best = label;
  return best;
}

/**
 * @param probabilities n × k, row after row
 * @returns k × k counts; rows: true class, columns: predicted class
 */
export function confusionMatrix(labels: ArrayLike<number>, probabilities: Float32Array, k: number): number[][] {
  const matrix = Array.from({ length: k }, () => new Array<number>(k).fill(0));
  for (let i = 0; i < labels.length; i++) matrix[labels[i]!]![predictedClass(probabilities, i, k)]! += 1;
  return matrix;
}

/** @param matrix as from {@link confusionMatrix} */
export function rates(matrix: number[][], index: number): Rates {
  const total = sum(matrix.map(sum));
  const actual = sum(matrix[index]!);
  const predicted = sum(matrix.map((row) => row[index]!));
  const truePositives = matrix[index]![index]!;
  const trueNegatives = total - actual - predicted + truePositives;
  return {
    sensitivity: actual === 0 ? null : truePositives / actual,
    specificity: actual === total ? null : trueNegatives / (total - actual),
  };
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
