import { sizeOf } from '../../../backbone/parameters.ts';

/** Features of n examples, row after row, as an SVM sees them; none of them is kept twice. */
export interface Features {
  data: Float32Array;
  shape: readonly [examples: number, features: number];
}

/** A hyperplane that is moved by examples. It begins at zero, and goes through the origin of the features with a 1 added. */
export interface Hyperplane {
  /** w · x + b for one example. */
  value(example: number): number;
  /** Adds `by` times the example, and `by` to the intercept. */
  move(example: number, by: number): void;
}

/** What the dual problem needs of examples. */
export interface Examples {
  count: number;
  /** x · x + 1. */
  squaredNorm(example: number): number;
  hyperplane(): Hyperplane;
}

/** Examples by their features: for fewer features than examples. */
export function byFeatures({ data, shape: [count, width] }: Features): Examples {
  const rowOf = (example: number): Float32Array => data.subarray(example * width, (example + 1) * width);
  return {
    count,
    squaredNorm: (example) => rowOf(example).reduce((sum, value) => sum + value * value, 1),
    hyperplane() {
      const weights = new Float64Array(width);
      let intercept = 0;
      return {
        value: (example) => intercept + product(weights, data, example * width),
        move(example, by) {
          const start = example * width;
          for (let j = 0; j < width; j++) weights[j] = weights[j]! + by * data[start + j]!;
          intercept += by;
        },
      };
    },
  };
}

/** Examples by their inner products [n, n]: for fewer examples than features. */
export function byProducts(products: Float32Array, count: number): Examples {
  if (products.length !== sizeOf([count, count])) throw new Error('inner products are of all pairs');
  return {
    count,
    squaredNorm: (example) => products[example * count + example]! + 1,
    hyperplane() {
      const values = new Float64Array(count);
      return {
        value: (example) => values[example]!,
        move(example, by) {
          const start = example * count;
          for (let j = 0; j < count; j++) values[j] = values[j]! + by * (products[start + j]! + 1);
        },
      };
    },
  };
}

/** Four sums side by side: one would wait for itself at every step. */
function product(weights: Float64Array, data: Float32Array, start: number): number {
  const whole = weights.length - (weights.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let j = 0; j < whole; j += 4) {
    a += weights[j]! * data[start + j]!;
    b += weights[j + 1]! * data[start + j + 1]!;
    c += weights[j + 2]! * data[start + j + 2]!;
    d += weights[j + 3]! * data[start + j + 3]!;
  }
  for (let j = whole; j < weights.length; j++) a += weights[j]! * data[start + j]!;
  return a + b + c + d;
}
