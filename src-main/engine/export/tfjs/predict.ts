import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';

/** A TensorFlow.js layers model, loaded on the engine in use. */
export interface TfjsModel {
  /** What runs it, with its version. */
  runtime: string;
  /**
   * @param images RGB pixels [n, height, width, 3]
   * @returns probabilities [n, classes]
   */
  predict(images: Uint8Array, n: number): Promise<Float32Array>;
  close(): void;
}

/** Opens a TensorFlow.js layers model from its folder, as a web page would from its address. */
export async function predictTfjs(folder: string): Promise<TfjsModel> {
  const model = await loadLayersModel({ load: () => readArtifacts(folder) });
  const [, height, width] = model.inputs[0]!.shape as [null, number, number, 3];
  return {
    runtime: `TensorFlow.js ${tf.version_core} (${tf.getBackend()})`,
    predict: async (images, n) => {
      const output = tf.tidy(() => model.predict(tf.tensor4d(Float32Array.from(images), [n, height, width, 3])));
      try {
        return await (output as tf.Tensor).data<'float32'>();
      } finally {
        (output as tf.Tensor).dispose();
      }
    },
    close: () => void model.dispose(),
  };
}

async function readArtifacts(folder: string): Promise<tf.io.ModelArtifacts> {
  const document = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')) as tf.io.ModelJSON;
  return tf.io.getModelArtifactsForJSON(document, async (manifest) => {
    const names = manifest.flatMap(({ paths }) => paths);
    const bytes = Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));
    const data = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    return [manifest.flatMap(({ weights }) => weights), data];
  });
}
