import type { ImageSize } from '../../../backbone/shapes.ts';
import type { Fit } from '../../../contract/run.ts';
import { DataType, type OnnxAttributes, type OnnxBuilder } from './builder.ts';

/**
 * Writes the application's preparation of a picture (engine/data/prepare.ts) with operations of ONNX: float values
 * [N, 3, h, w] of any height and width to whole values [N, 3, height, width] of 0 to 255, resampled and brought into
 * the frame by `fit`. Returns the name of the result.
 *
 * Resampling is linear and separable, so it is two matrix products, rows · picture · columnsᵀ, with matrices made from
 * the picture's size: Lanczos of three lobes behind a box filter to reduce, Catmull-Rom to enlarge, as libvips does. Rows
 * of zeros are black bars. What remains different are the fixed-point numbers that libvips computes with.
 */
export function writeResize(builder: OnnxBuilder, picture: string, { height, width }: ImageSize, fit: Fit): string {
  const x = new Expressions(builder, 'preprocessing/resize');
  const shape = x.toFloat(x.apply('Shape', picture));
  const [rows, columns] = [x.element(shape, 2), x.element(shape, 3)];
  const own = [x.divide(rows, x.number(height)), x.divide(columns, x.number(width))] as const;
  const common = { letterbox: 'Max', crop: 'Min', stretch: undefined }[fit];
  const [down, across] = common === undefined ? own : [x.apply(common, ...own), x.apply(common, ...own)];
  const reduced = resampleRows(x, picture, { length: rows, to: height, step: down });
  const turned = x.transpose(reduced);
  return x.transpose(resampleRows(x, turned, { length: columns, to: width, step: across }));
}

interface Axis {
  /** Of the picture, in pixels. */
  length: string;
  /** Of the frame. */
  to: number;
  /** Pixels of the picture for each pixel of the result. */
  step: string;
}

/** [N, 3, length, …] → [N, 3, to, …], centred in the frame, rounded and clipped to 0…255 */
function resampleRows(x: Expressions, picture: string, { length, to, step: shared }: Axis): string {
  const one = x.number(1);
  // At least one pixel is left, however narrow the picture.
  const step = x.apply('Min', shared, length);
  // Pixels of the whole result, of which the frame may show fewer or more.
  const whole = x.apply('Max', one, x.round(x.divide(length, step)));
  const offset = x.floor(x.divide(x.subtract(x.number(to), whole), x.number(2)));
  const target = x.subtract(x.range(to), offset);

  // Before Lanczos, libvips averages boxes of whole pixels, as many as leave it twice the result's resolution.
  const box = x.apply('Max', one, x.floor(x.divide(x.divide(length, whole), x.number(2))));
  const boxStep = x.divide(step, box);
  const width = x.apply('Max', one, boxStep);
  // Where the step does not divide the length, what is too much is shared between both ends.
  const excess = x.divide(x.subtract(x.multiply(whole, step), length), box);
  const reducing = x.apply('Greater', step, one);
  // Enlarging, libvips sets the corners of pixels on one another, not their centres: half a pixel of the result beside.
  const beside = x.apply('Where', x.apply('Less', step, one), step, excess);
  const shift = x.divide(beside, x.number(2));
  const half = x.number(0.5);
  const centre = x.subtract(x.multiply(x.add(target, half), boxStep), x.add(half, shift));

  // Beyond its edges the picture goes on with its outermost pixels, as far as the filter reaches.
  const reach = x.multiply(box, x.add(x.apply('Ceil', x.multiply(x.number(3), width)), one));
  const source = x.apply('Range', x.apply('Neg', reach), x.add(length, reach), one);
  const distance = x.apply('Abs', x.subtract(x.floor(x.divide(source, box)), centre));
  const filter = x.apply('Where', reducing, lanczos3(x, x.divide(distance, width)), catmullRom(x, distance));
  const normalised = x.divide(filter, x.apply('ReduceSum', filter, x.ints([1])));
  const inside = x.apply('And', x.apply('GreaterOrEqual', target, x.number(0)), x.apply('Less', target, whole));
  const matrix = x.apply('Where', inside, normalised, x.number(0));

  const zero = x.ints([0, 0]);
  const margin = x.node('Cast', [x.apply('Reshape', reach, x.ints([1]))], { to: DataType.INT64 });
  const pads = x.node('Concat', [zero, margin, x.ints([0]), zero, margin, x.ints([0])], { axis: 0 });
  const extended = x.node('Pad', [picture, pads], { mode: { string: 'edge' } });
  const result = x.apply('Round', x.apply('MatMul', matrix, extended));
  return x.apply('Clip', result, x.number(0), x.number(255));
}

/** sinc(d) · sinc(d / 3) for d < 3, and 0 beyond (Duchon 1979). */
function lanczos3(x: Expressions, d: string): string {
  const angle = x.multiply(d, x.number(Math.PI));
  const third = x.divide(angle, x.number(3));
  const product = x.multiply(x.apply('Sin', angle), x.apply('Sin', third));
  const value = x.divide(product, x.multiply(angle, third));
  const near = x.apply('Where', x.apply('Less', d, x.number(1e-4)), x.number(1), value);
  return x.apply('Where', x.apply('Less', d, x.number(3)), near, x.number(0));
}

/** The cubic convolution with a = −½ (Keys 1981): 1.5 d³ − 2.5 d² + 1 for d < 1, −0.5 d³ + 2.5 d² − 4 d + 2 for d < 2. */
function catmullRom(x: Expressions, d: string): string {
  const polynomial = (coefficients: readonly number[]) =>
    coefficients.slice(1).reduce((sum, c) => x.add(x.multiply(sum, d), x.number(c)), x.number(coefficients[0]!));
  const outer = x.apply('Where', x.apply('Less', d, x.number(2)), polynomial([-0.5, 2.5, -4, 2]), x.number(0));
  return x.apply('Where', x.apply('Less', d, x.number(1)), polynomial([1.5, -2.5, 0, 1]), outer);
}

/** Arithmetic on values of a graph, whose names nobody needs. */
class Expressions {
  readonly #builder: OnnxBuilder;
  readonly #prefix: string;
  readonly #numbers = new Map<number, string>();
  #count = 0;

  constructor(builder: OnnxBuilder, prefix: string) {
    this.#builder = builder;
    this.#prefix = prefix;
  }

  node(op: string, inputs: readonly string[], attributes: OnnxAttributes = {}): string {
    return this.#builder.node(op, this.#name(), inputs, attributes);
  }

  apply(op: string, ...inputs: string[]): string {
    return this.node(op, inputs);
  }

  number(value: number): string {
    const known = this.#numbers.get(value) ?? this.#builder.scalar(this.#name(), value);
    this.#numbers.set(value, known);
    return known;
  }

  /** int64 [values] */
  ints(values: readonly number[]): string {
    return this.#builder.constant(this.#name(), [values.length], BigInt64Array.from(values, BigInt));
  }

  /** 0, 1, … count − 1 as a column [count, 1]. */
  range(count: number): string {
    return this.#builder.constant(
      this.#name(),
      [count, 1],
      Float32Array.from({ length: count }, (_, index) => index),
    );
  }

  toFloat(value: string): string {
    return this.node('Cast', [value], { to: DataType.FLOAT });
  }

  /** Element of a vector, without dimensions. */
  element(vector: string, index: number): string {
    return this.node('Gather', [vector, this.#builder.constant(this.#name(), [], BigInt64Array.of(BigInt(index)))]);
  }

  /** Swaps the last two axes of four. */
  transpose(value: string): string {
    return this.node('Transpose', [value], { perm: [0, 1, 3, 2] });
  }

  add(a: string, b: string): string {
    return this.apply('Add', a, b);
  }

  subtract(a: string, b: string): string {
    return this.apply('Sub', a, b);
  }

  multiply(a: string, b: string): string {
    return this.apply('Mul', a, b);
  }

  divide(a: string, b: string): string {
    return this.apply('Div', a, b);
  }

  floor(value: string): string {
    return this.apply('Floor', value);
  }

  /** Halves go up. */
  round(value: string): string {
    return this.floor(this.add(value, this.number(0.5)));
  }

  #name(): string {
    return `${this.#prefix}/${this.#count++}`;
  }
}
