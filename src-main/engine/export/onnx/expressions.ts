import { DataType, type OnnxAttributes, type OnnxBuilder } from './builder.ts';

/** Arithmetic on values of a graph, whose names nobody needs. */
export class Expressions {
  readonly #builder: OnnxBuilder;
  readonly #prefix: string;
  readonly #constants = new Map<string, string>();
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

  /** float64 without dimensions */
  double(value: number): string {
    return this.#constant(`double ${value}`, [], Float64Array.of(value));
  }

  /** int64 without dimensions */
  int(value: number): string {
    return this.#constant(`int ${value}`, [], BigInt64Array.of(BigInt(value)));
  }

  /** int64 [values] */
  ints(...values: number[]): string {
    return this.#constant(`ints ${values}`, [values.length], BigInt64Array.from(values, BigInt));
  }

  toInt(value: string): string {
    return this.node('Cast', [value], { to: DataType.INT64 });
  }

  toFloat(value: string): string {
    return this.node('Cast', [value], { to: DataType.FLOAT });
  }

  toDouble(value: string): string {
    return this.node('Cast', [value], { to: DataType.DOUBLE });
  }

  /** Element of a vector, without dimensions. */
  element(vector: string, index: number): string {
    return this.apply('Gather', vector, this.int(index));
  }

  /** int64 0, 1, … count − 1 */
  range(count: string): string {
    return this.apply('Range', this.int(0), count, this.int(1));
  }

  /** Reshaped to lengths: numbers, or scalars of the graph. */
  reshape(value: string, lengths: readonly (number | string)[]): string {
    return this.apply('Reshape', value, this.vector(lengths));
  }

  /** int64 vector of numbers and scalars of the graph. */
  vector(values: readonly (number | string)[]): string {
    const parts = values.map((value) =>
      typeof value === 'number' ? this.ints(value) : this.apply('Reshape', value, this.ints(1)),
    );
    return this.node('Concat', parts, { axis: 0 });
  }

  transpose(value: string, perm: readonly number[]): string {
    return this.node('Transpose', [value], { perm });
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

  /** Of whole numbers: cut off. */
  divide(a: string, b: string): string {
    return this.apply('Div', a, b);
  }

  #constant(key: string, dims: readonly number[], data: Float64Array | BigInt64Array): string {
    const known = this.#constants.get(key) ?? this.#builder.constant(this.#name(), [...dims], data);
    this.#constants.set(key, known);
    return known;
  }

  #name(): string {
    return `${this.#prefix}/${this.#count++}`;
  }
}
