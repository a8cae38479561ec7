import type { Preprocessing } from '../../backbone/model.ts';
import type { Evaluation } from '../../contract/run.ts';
import type { Network } from '../execute/run.ts';
import { computeMetrics } from '../metrics/metrics.ts';
import type { PredictionRow } from '../store/queries/predictions.ts';
import type { PreparedImages } from './images.ts';
import { predictCached } from './predict.ts';

/** Predicts the chosen images of a prepared dataset and measures the predictions. */
export async function evaluate(
  network: Network,
  images: PreparedImages & { indices: readonly number[]; preprocessing: Preprocessing; classes: readonly string[] },
  options: {
    run: string;
    on: Evaluation['on'];
    batch: number;
    beforeBatch?: () => Promise<void>;
    onProgress?: (done: number) => void;
  },
): Promise<{ evaluation: Evaluation; rows: PredictionRow[] }> {
  const { dataset, indices, classes } = images;
  const probabilities = await predictCached(network, images, options);
  const labels = indices.map((index) => images.labels[index]!);
  return {
    evaluation: {
      run: options.run,
      on: options.on,
      images: indices.length,
      groups: new Set(indices.map((index) => dataset.images[index]!.group)).size,
      classes: [...classes],
      metrics: computeMetrics(labels, probabilities, classes),
      problems: dataset.report.problems,
    },
    rows: predictionRows(images, probabilities),
  };
}

/** Predictions as the store keeps them. */
export function predictionRows(
  {
    dataset,
    indices,
    labels,
    classes,
  }: Pick<PreparedImages, 'dataset' | 'labels'> & {
    indices: readonly number[];
    classes: readonly string[];
  },
  probabilities: Float32Array,
): PredictionRow[] {
  const k = classes.length;
  return indices.map((index, row) => ({
    file: dataset.images[index]!.file,
    label: labels[index]!,
    probabilities: probabilities.slice(row * k, (row + 1) * k),
  }));
}
