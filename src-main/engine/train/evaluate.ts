import { positiveWarnings } from '../../contract/classes.ts';
import { groupingOf } from '../../contract/groups.ts';
import type { Evaluation } from '../../contract/evaluation.ts';
import type { Network } from '../execute/run.ts';
import type { Task } from '../task/task.ts';
import type { PredictionRow } from '../store/queries/predictions.ts';
import type { PreparedImages } from '../cohort/prepared.ts';
import type { PlainInputs } from '../network/inputs.ts';
import { predictInputs, type PredictOptions } from '../network/predict.ts';

/**
 * Predicts the chosen images of a prepared dataset and measures the predictions.
 * @param options.positive the class that a person chose as positive
 */
export async function evaluate(
  network: Network,
  images: Pick<PreparedImages, 'dataset' | 'labels' | 'rows'> & {
    inputs: PlainInputs;
    indices: readonly number[];
    classes: readonly string[];
  },
  options: PredictOptions & { run: string; task: Task; on: Evaluation['on']; positive: string | undefined },
): Promise<{ evaluation: Evaluation; rows: PredictionRow[] }> {
  const { dataset, indices, classes } = images;
  const probabilities = await predictInputs(network, images.inputs, indices, options);
  const warnings = images.rows ? [] : positiveWarnings(classes, options.positive);
  return {
    evaluation: {
      run: options.run,
      on: options.on,
      images: indices.length,
      grouping: groupingOf(dataset.report),
      groups: new Set(indices.map((index) => dataset.images[index]!.group)).size,
      classes: [...classes],
      ...(images.rows && { several: true }),
      metrics: options.task.scores(images, indices, probabilities),
      problems: dataset.report.problems,
      ...(warnings.length > 0 && { warnings }),
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
    // Which of several labels it has says the list of images.
    label: Math.max(0, labels[index]!),
    probabilities: probabilities.slice(row * k, (row + 1) * k),
  }));
}
