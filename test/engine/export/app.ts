import * as tf from '@tensorflow/tfjs-core';
import type { Model } from '../../../src-main/backbone/model.ts';
import type { EngineChoice } from '../../../src-main/contract/plan.ts';
import { run } from '../../../src-main/engine/execute/run.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';

/** What the application itself gives for images: probabilities [images, classes]. The engine stays the active one. */
export async function predictions(
  choice: EngineChoice,
  { graph, weights, input, preprocessing }: Model,
  images: readonly Uint8Array[],
): Promise<Float32Array> {
  const { createVariables, ops } = await loadEngine(choice);
  const variables = createVariables(weights);
  const probabilities = tf.tidy(() => {
    const pixels = tf.tensor4d(Float32Array.from(Buffer.concat(images)), [images.length, input.height, input.width, 3]);
    const x = tf.div(tf.sub(tf.div(pixels, 255), [...preprocessing.mean]), [...preprocessing.std]);
    const logits = run({ graph, variables, ops }, x).get(graph.nodes.at(-1)!.name)!;
    return tf.softmax(logits);
  });
  const result = await probabilities.data<'float32'>();
  probabilities.dispose();
  variables.dispose();
  return result;
}
