import { decodeRows } from '../../contract/labelRows.ts';
import type { Dataset } from '../data/types.ts';
import type { Predictions } from '../metrics/bootstrap.ts';
import type { PredictionRow } from '../store/queries/predictions.ts';

/**
 * Stored predictions as metrics take them; at least one.
 * @param classes of the run, or its labels
 */
export function predictedBy(
  { rows, dataset }: { rows: readonly PredictionRow[]; dataset: Pick<Dataset, 'images' | 'selection'> },
  classes: readonly string[],
): Predictions & { probabilities: Float32Array<ArrayBuffer> } {
  const groupOf = new Map(dataset.images.map(({ file, group }) => [file, group]));
  const k = rows[0]!.probabilities.length;
  const probabilities = new Float32Array(rows.length * k);
  rows.forEach((row, at) => probabilities.set(row.probabilities, at * k));
  const several = dataset.selection.labels?.multi && {
    several: decodeRows(textsOf(rows, dataset), classes),
  };
  return {
    ...several,
    labels: rows.map(({ label }) => label),
    probabilities,
    groups: rows.map(({ file }) => groupOf.get(file) ?? `file:${file}`),
  };
}

/** Of each prediction, what is written of its image in the list. */
function textsOf(rows: readonly PredictionRow[], { images }: Pick<Dataset, 'images'>): string[] {
  const labelOf = new Map(images.map(({ file, label }) => [file, label]));
  return rows.map(({ file }) => labelOf.get(file) ?? '');
}
