import { predictOnnx, type OnnxModel } from './onnx/predict.ts';
import { predictTfjs, type TfjsModel } from './tfjs/predict.ts';

/** How far an exported file is from the application, over all images and classes. */
export interface Parity {
  images: number;
  largestDifference: number;
  meanDifference: number;
  /** What ran the exported file, with its version. */
  runtime: string;
}

/** Held-out images with the probabilities that the application gives for them. */
export interface Reference {
  /** RGB pixels [height, width, 3] at the model's input size. */
  images: readonly Uint8Array[];
  /** Probabilities [images, classes]. */
  expected: Float32Array;
}

/** Images at a time; bounds the memory that a check of large inputs takes. */
const BATCH = 8;

/** Runs an exported ONNX file in onnxruntime and compares. */
export async function verifyOnnx(path: string, reference: Reference): Promise<Parity> {
  const model = await predictOnnx(path);
  try {
    return await compare(reference, model);
  } finally {
    await model.close();
  }
}

/** Loads the written files of a TensorFlow.js layers model, runs them on the engine in use, and compares. */
export async function verifyTfjs(folder: string, reference: Reference): Promise<Parity> {
  const model = await predictTfjs(folder);
  try {
    return await compare(reference, model);
  } finally {
    model.close();
  }
}

async function compare(
  { images, expected }: Reference,
  { runtime, predict }: Pick<OnnxModel | TfjsModel, 'runtime' | 'predict'>,
): Promise<Parity> {
  if (images.length === 0) throw new Error('an export cannot be verified without images');
  let largest = 0;
  let sum = 0;
  let count = 0;
  for (let start = 0; start < images.length; start += BATCH) {
    const batch = images.slice(start, start + BATCH);
    for (const value of await predict(Buffer.concat(batch), batch.length)) {
      const difference = Math.abs(value - expected[count++]!);
      // Math.max keeps a NaN, as it must: a model that gives no number agrees with nothing.
      largest = Math.max(largest, difference);
      sum += difference;
    }
  }
  if (count !== expected.length) throw new Error(`${count} probabilities to compare with ${expected.length}`);
  return { images: images.length, largestDifference: largest, meanDifference: sum / count, runtime };
}
