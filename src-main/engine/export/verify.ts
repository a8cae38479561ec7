import { called, type Calling } from '../../contract/decision.ts';
import { CutpointError } from '../../contract/errors.ts';
import { predictOnnx, type OnnxModel } from './onnx/predict.ts';
import { predictTfjs, type TfjsModel } from './tfjs/predict.ts';

/** How far an exported file is from the application, over all images and classes. */
export interface Parity {
  images: number;
  largestDifference: number;
  meanDifference: number;
  /** Images for which the file decides for another class than the application does. */
  changedDecisions: number;
  /** What ran the exported file, with its version. */
  runtime: string;
}

/** The same of a file that resizes, from the pixels of images in their own size on. */
export interface WholeParity extends Parity {
  /** Held-out images that there are. */
  of: number;
}

/** Held-out images with the probabilities that the application gives for them. */
export interface Reference {
  /** RGB pixels [height, width, 3] at the model's input size. */
  images: readonly Uint8Array[];
  /** Probabilities [images, classes]. */
  expected: Float32Array;
  /** How they are taken; left out: for the most probable class. */
  decision?: Calling;
}

/** Images at a time; bounds the memory that a check of large inputs takes. */
const BATCH = 8;

type Predicting = Pick<OnnxModel | TfjsModel, 'runtime' | 'predict'>;

/**
 * Runs an exported ONNX file in onnxruntime and compares.
 * @throws CutpointError EXPORT_MISMATCH where it gives no numbers, or the same ones for every image
 */
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
  return verifyPredictor(await predictTfjs(folder), reference);
}

/** Runs a model that was read from what was written, compares, and closes it. */
export async function verifyPredictor(model: TfjsModel, reference: Reference): Promise<Parity> {
  try {
    return await compare(reference, model);
  } finally {
    model.close();
  }
}

async function compare(reference: Reference, model: Predicting): Promise<Parity> {
  const { images } = reference;
  const given: Float32Array[] = [];
  for (let start = 0; start < images.length; start += BATCH) {
    const batch = images.slice(start, start + BATCH);
    given.push(await model.predict(Buffer.concat(batch), batch.length));
  }
  return parityOf(given, reference, model);
}

/** @param given probabilities in the order of the images, in parts */
export function parityOf(
  given: readonly Float32Array[],
  { images, expected, decision }: Omit<Reference, 'images'> & { images: readonly unknown[] },
  { runtime }: Predicting,
): Parity {
  if (images.length === 0) throw new Error('an export cannot be verified without images');
  const values = Float32Array.from(given.flatMap((part) => [...part]));
  if (values.length !== expected.length) throw new Error(`${values.length} probabilities, ${expected.length} expected`);
  const differences = values.map((value, index) => Math.abs(value - expected[index]!));
  const classes = expected.length / images.length;
  const rows = (all: Float32Array) => images.map((_, row) => all.subarray(row * classes, (row + 1) * classes));
  const [found, wanted] = [rows(values), rows(expected)];
  const decided = (row: Float32Array) => (decision ? called(row, decision) : mostProbable(row));
  if (values.some(Number.isNaN)) throw broken('it gives no probabilities at all for some images');
  if (isConstant(found) && !isConstant(wanted)) throw broken('it gives the same probabilities for every image');
  return {
    images: images.length,
    largestDifference: Math.max(...differences),
    meanDifference: differences.reduce((sum, difference) => sum + difference, 0) / differences.length,
    changedDecisions: found.filter((row, index) => decided(row) !== decided(wanted[index]!)).length,
    runtime,
  };
}

/** The index of the largest value, the first of several. */
export const mostProbable = (row: Float32Array): number => row.indexOf(Math.max(...row));

const isConstant = (rows: readonly Float32Array[]): boolean =>
  rows.length > 1 && rows.every((row) => row.join() === rows[0]!.join());

function broken(reason: string): CutpointError {
  return new CutpointError('EXPORT_MISMATCH', `The exported model was not kept: ${reason}.`, {
    remedy: 'Export with another precision, and report this with the log file of the workspace.',
  });
}
