import type { CallContext } from '../../contract/index.ts';
import type { Model } from '../../backbone/model.ts';
import type { Metrics } from '../../contract/evaluation.ts';
import type { PrecisionEffect } from '../../contract/certificate.ts';
import type { Network } from '../execute/run.ts';
import { predictOnnx } from './onnx/predict.ts';
import { called } from '../../contract/decision.ts';
import { computeLabelMetrics } from '../metrics/labelMetrics.ts';
import { computeMetrics } from '../metrics/metrics.ts';
import { predictBytes } from '../network/predict.ts';
import type { HeldOut } from './heldOut.ts';

type Call = CallContext<'model.export'>;

/** The application's metrics on images of which figures may be told, and those of a file with fewer bits. */
export async function effectOf(
  path: string,
  network: Network,
  model: Model,
  { measured: { on, indices }, labels, rows, read }: HeldOut,
  { progress, signal }: Call,
): Promise<PrecisionEffect> {
  const file = await predictOnnx(path);
  const [before, after] = [[] as number[], [] as number[]];
  try {
    for (const [done, index] of indices.entries()) {
      signal.throwIfAborted();
      if (done % 16 === 0)
        progress({ message: `Testing the file with fewer bits: ${done} of ${indices.length} images` });
      const bytes = read(index);
      before.push(...predictBytes(network, { bytes, n: 1, size: model.input.width }, model.preprocessing));
      after.push(...(await file.predict(bytes, 1)));
    }
  } finally {
    await file.close();
  }
  const { classes, outputs = 'softmax' } = model;
  const k = classes.length;
  const measure = (values: readonly number[]): Metrics => {
    const probabilities = Float32Array.from(values);
    if (!rows) return computeMetrics(indices.map((index) => labels[index]!), probabilities, classes); // prettier-ignore
    const truth = indices.flatMap((index) => [...rows.subarray(index * k, (index + 1) * k)]);
    return computeLabelMetrics(Int8Array.from(truth), probabilities, classes);
  };
  const [old, now] = [before, after].map(measure);
  const decisions = (values: number[]) =>
    indices.map((_, row) => called(values.slice(row * k, (row + 1) * k), { classes, outputs, by: [] }));
  const changed = decisions(after);
  return {
    on,
    images: indices.length,
    auroc: { before: old!.auroc, after: now!.auroc },
    accuracy: { before: old!.accuracy, after: now!.accuracy },
    changedDecisions: decisions(before).filter((decision, row) => decision !== changed[row]).length,
  };
}
