import type { Model } from '../../../backbone/model.ts';
import { countReaders } from '../../../backbone/readers.ts';
import type { Range } from './calibrate.ts';
import { OnnxBuilder, type OnnxConstant, type OnnxNode } from './builder.ts';
import { writeNetwork } from './network.ts';

/**
 * Convolutions at the start that stay float, as does the classifier: little of the weights and of the work, and most of
 * the error. MobileNetV2 on 215 images of skin lesions: 41 changed decisions with them in int8, 12 without.
 */
const FLOAT_CONVOLUTIONS = 3;
/** Of a network cut short these would be all: at most this share of its convolutions stays float. */
const FLOAT_SHARE = 1 / 4;
/** What runtimes compute on whole numbers besides. */
const ARITHMETIC = new Set(['Add', 'Mul', 'Concat', 'AveragePool', 'GlobalAveragePool', 'Sigmoid']);
/** What hands values on, so that its output has the steps of its input. */
const PASSING = new Set(['MaxPool', 'Resize', 'Flatten', 'Transpose']);
/** What cuts a range: done by the steps of its output alone, so that the layer before it needs none. */
const CLAMPING = new Set(['Relu', 'Clip']);

/** A real value is scale · (whole number − zero point). */
interface Steps {
  scale: number;
  zeroPoint: number;
}

/**
 * Writes the network for computing with 8-bit whole numbers, as pairs of QuantizeLinear and DequantizeLinear that every
 * runtime may fuse or follow literally: activations uint8 with one range each, weights int8 with a step per channel and
 * no zero point (Jacob et al. 2018; Krishnamoorthi 2018). Returns the name of its logits, which stay float.
 * @param ranges of all values of the network, by their ONNX names
 */
export function writeInt8Network(
  builder: OnnxBuilder,
  image: string,
  model: Model,
  ranges: ReadonlyMap<string, Range>,
): string {
  const network = new OnnxBuilder();
  const logits = writeNetwork(network, image, model);
  const quantised = valuesToQuantise(network.nodes, image, logits);
  const steps = new Map<string, Steps>();
  const read = (value: string): string => (steps.has(value) ? `${value}/dequantised` : value);
  const quantise = (value: string, own: Steps): void => {
    steps.set(value, own);
    const operands = [
      builder.scalar(`${value}/step`, own.scale),
      builder.constant(`${value}/zero`, [], Uint8Array.of(own.zeroPoint)),
    ];
    const whole = builder.node('QuantizeLinear', `${value}/quantised`, [value, ...operands]);
    builder.node('DequantizeLinear', read(value), [whole, ...operands]);
  };

  if (quantised.has(image)) quantise(image, stepsOf(ranges.get(image)!));
  for (const node of network.nodes) {
    const [first = '', kernel = '', bias] = node.inputs;
    const given = steps.get(first);
    const operands =
      node.op === 'Conv' && given
        ? [read(first), ...wholeWeights(builder, network.constants, { kernel, bias, inputScale: given.scale })]
        : node.inputs.map((value) => {
            const constant = network.constants.get(value);
            return constant ? builder.constant(value, constant.dims, constant.data) : read(value);
          });
    builder.node(node.op, node.name, operands, node.attributes);
    if (!quantised.has(node.name)) continue;
    quantise(node.name, (PASSING.has(node.op) && given) || stepsOf(ranges.get(node.name)!));
  }
  return read(logits);
}

/**
 * Where whole numbers are wanted: around everything that can compute on them, but not between a layer and its clamp, nor
 * within a function that needs its digits (GELU, a norm).
 */
function valuesToQuantise(nodes: readonly OnnxNode[], image: string, logits: string): Set<string> {
  const whole = new Set([image]);
  const values = new Set<string>();
  const all = nodes.filter(({ op }) => op === 'Conv').length;
  const float = Math.min(FLOAT_CONVOLUTIONS, Math.floor(all * FLOAT_SHARE));
  let convolutions = 0;
  for (const { op, name, inputs } of nodes) {
    const [first = ''] = inputs;
    const layer = op === 'Conv' && ++convolutions > float;
    // Of what hands values on, and of a layer, the other inputs are its own constants.
    const read = layer || PASSING.has(op) ? [first] : inputs;
    const computes = layer || ((ARITHMETIC.has(op) || PASSING.has(op)) && read.every((value) => whole.has(value)));
    if (computes) for (const value of [name, ...read]) values.add(value);
    if (computes || (CLAMPING.has(op) && whole.has(first))) whole.add(name);
  }
  const readers = countReaders(nodes);
  for (const { op, name, inputs } of nodes) {
    if (!CLAMPING.has(op) || readers.get(inputs[0]!) !== 1) continue;
    if (values.delete(inputs[0]!)) values.add(name);
  }
  values.delete(logits);
  return values;
}

/** The steps of a range, which is widened to hold 0: padding must be exact. */
function stepsOf({ low, high }: Range): Steps {
  const [bottom, top] = [Math.min(low, 0), Math.max(high, 0)];
  const scale = (top - bottom) / 255 || 1;
  return { scale, zeroPoint: Math.round(-bottom / scale) };
}

/** Kernel [filters, …] and bias, where there is one, of a convolution whose input has steps of this scale. */
function wholeWeights(
  builder: OnnxBuilder,
  constants: ReadonlyMap<string, OnnxConstant>,
  { kernel, bias, inputScale }: { kernel: string; bias: string | undefined; inputScale: number },
): string[] {
  const { dims, data } = constants.get(kernel)!;
  const filters = dims[0]!;
  const size = data.length / filters;
  const floats = data as Float32Array;
  const offsets = bias === undefined ? undefined : (constants.get(bias)!.data as Float32Array);
  const scales = Float32Array.from({ length: filters }, (_, filter) => {
    const largest = floats.subarray(filter * size, (filter + 1) * size).reduce((m, w) => Math.max(m, Math.abs(w)), 0);
    // A bias counts in steps of its filter and of the input: it must stay within 32 bits.
    return Math.max(largest / 127, Math.abs(offsets?.[filter] ?? 0) / (inputScale * 2 ** 30)) || 1;
  });
  const dequantise = (name: string, whole: Int8Array | Int32Array, of: Float32Array, zeros: string[]) => {
    const operands = [
      builder.constant(name, name === kernel ? dims : [filters], whole),
      builder.constant(`${name}/step`, [filters], of),
      ...zeros,
    ];
    return builder.node('DequantizeLinear', `${name}/dequantised`, operands, { axis: 0 });
  };
  const weights = Int8Array.from(floats, (value, index) => Math.round(value / scales[Math.floor(index / size)]!));
  const zeros = builder.constant(`${kernel}/zeros`, [filters], new Int8Array(filters));
  const operands = [dequantise(kernel, weights, scales, [zeros])];
  if (bias !== undefined) {
    const steps = scales.map((scale) => scale * inputScale);
    const counts = Int32Array.from(offsets!, (value, filter) => Math.round(value / steps[filter]!));
    operands.push(dequantise(bias, counts, steps, []));
  }
  return operands;
}
