import type { Model } from '../../../backbone/model.ts';
import { DataType, OnnxBuilder } from './builder.ts';
import { writeNetwork } from './network.ts';

type Precision = 'half' | 'single';

/**
 * What sums over many values, divides by a spread or has its digits in exponentials: half precision ends at 65504, and has
 * eleven bits.
 */
const SINGLE = new Set(['GlobalAveragePool', 'BatchNormalization', 'LayerNormalization', 'Neg', 'Softplus']);

/** What takes its constants in single precision alone: factors of a resize are no values of the network. */
const CONSTANTS_SINGLE = new Set(['Resize']);

/** Writes the network with weights and arithmetic in half precision; returns the name of its logits, in single. */
export function writeFloat16Network(builder: OnnxBuilder, image: string, model: Model): string {
  const network = new OnnxBuilder();
  const logits = writeNetwork(network, image, model);
  const precisions = new Map<string, Precision>([[image, 'single']]);
  const cast = (value: string, wanted: Precision): string => {
    if (precisions.get(value) === wanted) return value;
    const name = `${value}/${wanted}`;
    if (!precisions.has(name)) {
      builder.node('Cast', name, [value], { to: wanted === 'half' ? DataType.FLOAT16 : DataType.FLOAT });
      precisions.set(name, wanted);
    }
    return name;
  };
  for (const { op, name, inputs, attributes } of network.nodes) {
    const wanted = SINGLE.has(op) ? 'single' : 'half';
    const operands = inputs.map((value) => {
      if (value === '') return value;
      const constant = network.constants.get(value);
      if (!constant) return cast(value, wanted);
      const { dims, data } = constant;
      const half = wanted === 'half' && !CONSTANTS_SINGLE.has(op);
      return builder.constant(value, dims, half ? Float16Array.from(data as Float32Array) : data);
    });
    builder.node(op, name, operands, attributes);
    precisions.set(name, wanted);
  }
  return cast(logits, 'single');
}
