import type { Dataset } from '../data/types.ts';
import type { Predictions } from '../metrics/bootstrap.ts';
import type { PredictionRow } from '../store/queries/predictions.ts';

/** Stored predictions as metrics take them; at least one. */
export function predictedBy({
  rows,
  dataset,
}: {
  rows: readonly PredictionRow[];
  dataset: Pick<Dataset, 'images'>;
}): Predictions & { probabilities: Float32Array<ArrayBuffer> } {
  const groupOf = new Map(dataset.images.map(({ file, group }) => [file, group]));
  const k = rows[0]!.probabilities.length;
  const probabilities = new Float32Array(rows.length * k);
  rows.forEach((row, at) => probabilities.set(row.probabilities, at * k));
  return {
    labels: rows.map(({ label }) => label),
    probabilities,
    groups: rows.map(({ file }) => groupOf.get(file) ?? `file:${file}`),
  };
}
