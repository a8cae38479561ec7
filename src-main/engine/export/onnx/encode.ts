import type { Model } from '../../../backbone/model.ts';
import type { ExportOptions } from '../../../contract/model.ts';
import type { Fit } from '../../../contract/plan.ts';
import { foldBatchNorm } from '../fold.ts';
import { DataType, OnnxBuilder } from './builder.ts';
import { activationRanges } from './calibrate.ts';
import { encodeFile } from './file.ts';
import { writeFloat16Network } from './float16.ts';
import { writeInt8Network } from './int8.ts';
import { ONNX_INPUT, writeNetwork, writePreprocessing } from './network.ts';

export const ONNX_OUTPUT = 'probabilities';

export interface OnnxOptions extends ExportOptions {
  /** How images of any size are brought to the input size; what the run was trained with. */
  fit: Fit;
  /** Training images that int8 is calibrated on: RGB pixels [height, width, 3] at the input size. */
  calibration?: readonly Uint8Array[];
}

/**
 * The model as an ONNX file: `image`, uint8 [N, height, width, 3] RGB, to `probabilities`, float32 [N, classes], with
 * preprocessing and softmax (of several labels, sigmoids) inside, which are computed in single precision always. With `anySize`, height and width are
 * any, alike for all images of a call. Batch norms are folded as an option, and always in float16 and int8, which lose
 * more where they stand alone. The same model, metadata and options give the same bytes.
 */
export async function encodeOnnx(
  model: Model,
  metadata: Record<string, string>,
  { precision, foldBatchNorm: fold, anySize, fit, calibration = [] }: OnnxOptions,
): Promise<Uint8Array> {
  const { graph, input, classes } = model;
  const network = fold || precision !== 'float32' ? foldBatchNorm(model) : model;
  const builder = new OnnxBuilder();
  const image = writePreprocessing(builder, model, anySize ? fit : undefined);
  const write = {
    float32: () => writeNetwork(builder, image, network),
    float16: () => writeFloat16Network(builder, image, network),
    int8: async () => writeInt8Network(builder, image, network, await activationRanges(network, calibration)),
  }[precision];
  const logits = await write();
  if (model.outputs === 'sigmoid') builder.node('Sigmoid', ONNX_OUTPUT, [logits], {});
  else builder.node('Softmax', ONNX_OUTPUT, [logits], { axis: -1 });
  const size = anySize ? ['height', 'width'] : [input.height, input.width];
  return encodeFile(builder, {
    name: graph.name,
    inputs: [{ name: ONNX_INPUT, type: DataType.UINT8, dims: ['N', ...size, 3] }],
    outputs: [{ name: ONNX_OUTPUT, type: DataType.FLOAT, dims: ['N', classes.length] }],
    metadata,
  });
}
