import type { Model, Weights } from '../../../backbone/model.ts';
import { graphParameters } from '../../../backbone/parameters.ts';
import type { Dialect } from '../../../backbone/zoo/index.ts';
import { inFile } from '../../weights/dialects.ts';
import { transpose } from '../../weights/numbers.ts';
import { readSafetensors } from '../../weights/safetensors.ts';
import { safetensorsChunks } from '../../weights/writeSafetensors.ts';
import { weightOf } from '../weights.ts';

/**
 * The weights alone as a safetensors file, named and laid out as in the files of a dialect. The head keeps the names of
 * its nodes (`head_dense`); it reads a flattened map row by row, pixel by pixel, channel by channel.
 */
export function encodeSafetensors(model: Model, metadata: Record<string, string>, dialect: Dialect): Uint8Array {
  const tensors: Weights = new Map();
  for (const parameter of graphParameters(model.graph, model.input)) {
    const { name, shape, order, axes } = inFile(parameter, dialect);
    const { data } = weightOf(model.weights, parameter.node, parameter.role);
    const own = order?.map((axis) => axes[axis]!);
    tensors.set(name, { shape, data: own ? transpose(data, own, inverse(order!)) : data });
  }
  return Buffer.concat([...safetensorsChunks(tensors, metadata)]);
}

/** The weights of a file that `encodeSafetensors` wrote for a model of this graph. */
export async function decodeSafetensors(
  path: string,
  { graph, input }: Pick<Model, 'graph' | 'input'>,
  dialect: Dialect,
): Promise<Weights> {
  const { tensors } = await readSafetensors(path);
  return new Map(
    graphParameters(graph, input).map((parameter) => {
      const { name, order, axes } = inFile(parameter, dialect);
      const { data } = tensors.get(name)!;
      return [parameter.key, { shape: parameter.shape, data: order ? transpose(data, axes, order) : data }];
    }),
  );
}

/** From the file's axis of each own one to the own axis of each one in the file. */
function inverse(order: readonly number[]): number[] {
  return order.map((_, axis) => order.indexOf(axis));
}
