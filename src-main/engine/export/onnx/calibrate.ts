import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Model } from '../../../backbone/model.ts';
import { threadsHere } from '../../host/limits.ts';
import { DataType, OnnxBuilder } from './builder.ts';
import { encodeFile } from './file.ts';
import { ONNX_INPUT, writeNetwork, writePreprocessing } from './network.ts';

/** The values that an activation takes. */
export interface Range {
  low: number;
  high: number;
}

/**
 * The range of every value of the network's ONNX graph over all images, by name. (Percentiles and averages over images
 * cut off what the classifier decides by: on trained networks they changed more decisions, not fewer.)
 * @param images RGB pixels [height, width, 3] at the input size
 */
export async function activationRanges(model: Model, images: readonly Uint8Array[]): Promise<Map<string, Range>> {
  if (images.length === 0) throw new Error('activations cannot be calibrated without images');
  const { height, width } = model.input;
  const builder = new OnnxBuilder();
  const image = writePreprocessing(builder, model);
  const first = builder.nodes.length;
  writeNetwork(builder, image, model);
  const values = [image, ...builder.nodes.slice(first).map(({ name }) => name)];
  // An image at a time, so that everything is reduced to a number.
  const extremes = values.flatMap((value) => [
    builder.node('ReduceMin', `${value}/minimum`, [value], { keepdims: 0 }),
    builder.node('ReduceMax', `${value}/maximum`, [value], { keepdims: 0 }),
  ]);
  const file = encodeFile(builder, {
    name: model.graph.name,
    inputs: [{ name: ONNX_INPUT, type: DataType.UINT8, dims: [1, height, width, 3] }],
    outputs: extremes.map((name) => ({ name, type: DataType.FLOAT, dims: [] })),
    metadata: {},
  });
  const session = await InferenceSession.create(file, { intraOpNumThreads: threadsHere() });
  const ranges = new Map(values.map((value) => [value, { low: Infinity, high: -Infinity }]));
  for (const pixels of images) {
    const outputs = await session.run({ [ONNX_INPUT]: new Tensor('uint8', pixels, [1, height, width, 3]) });
    const extreme = (name: string) => (outputs[name]!.data as Float32Array)[0]!;
    for (const [value, range] of ranges) {
      range.low = Math.min(range.low, extreme(`${value}/minimum`));
      range.high = Math.max(range.high, extreme(`${value}/maximum`));
    }
  }
  await session.release();
  return ranges;
}
