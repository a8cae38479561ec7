// Run by set-up under Node 24: loads TensorFlow through tfjs-node, as the engine does, and computes with it.
import '../../../src-main/engine/tensor/nodeShims.ts';
import { createRequire } from 'node:module';

const tf = createRequire(import.meta.url)('@tensorflow/tfjs-node-gpu');

const product = tf.tidy(() => tf.matMul([[1, 2], [3, 4]], [[5, 6], [7, 8]]).dataSync()); // prettier-ignore
if (tf.getBackend() !== 'tensorflow') throw new Error(`the backend is ${tf.getBackend()}`);
if (product.join() !== '19,22,43,50') throw new Error(`a matrix product came out as ${product.join()}`);
console.log(`computes on ${tf.backend().isUsingGpuDevice ? 'GPU' : 'CPU'}`);
