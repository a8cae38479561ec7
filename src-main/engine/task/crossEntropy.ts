import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';

/**
 * Softmax cross-entropy weighted by class, averaged by the weights' sum (as torch.nn.CrossEntropyLoss).
 * @param logits [n, classes], stays the caller's
 * @param labels class index per image, n
 * @param classWeights one per class
 * @returns the mean loss in nats and its gradient at the logits, [n, classes], the caller's
 */
export function crossEntropy(
  logits: Tensor,
  labels: ArrayLike<number>,
  classWeights: ArrayLike<number>,
): { loss: number; gradient: Tensor } {
  const [n, classes] = (logits as Tensor2D).shape;
  const weights = Float32Array.from({ length: n }, (_, i) => classWeights[labels[i]!]!);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const share = weights.map((weight) => weight / total);
  return tf.tidy(() => {
    const logProbabilities = tf.logSoftmax(logits as Tensor2D);
    const target = tf.oneHot(tf.tensor1d(Int32Array.from(labels), 'int32'), classes);
    const scale = tf.tensor2d(share, [n, 1]);
    const loss = tf.neg(tf.sum(tf.mul(tf.mul(logProbabilities, tf.cast(target, 'float32')), scale)));
    const gradient = tf.mul(tf.sub(tf.exp(logProbabilities), target), scale);
    return { loss: loss.dataSync<'float32'>()[0]!, gradient };
  });
}
