import type { Shape } from '../../backbone/graph.ts';

/** A kernel [h, w, in, out] or [h, w, channels, 1] with its values. */
interface Kernel {
  shape: Shape;
  data: Float32Array;
}

/**
 * A kernel for one input channel from one for several, by summing over them: on an image whose channels are all equal
 * it computes the same.
 */
export function sumInputs({ shape, data }: Kernel): Kernel {
  const [height, width, inputs, filters] = shape as [number, number, number, number];
  const sums = new Float32Array(height * width * filters);
  for (let at = 0; at < height * width; at++) {
    for (let filter = 0; filter < filters; filter++) {
      let sum = 0;
      for (let input = 0; input < inputs; input++) sum += data[(at * inputs + input) * filters + filter]!;
      sums[at * filters + filter] = sum;
    }
  }
  return { shape: [height, width, 1, filters], data: sums };
}

/** A kernel for several input channels from one for a single channel, which each of them gets an equal share of. */
export function spreadInput({ shape, data }: Kernel, inputs: number): Kernel {
  const [height, width, , filters] = shape as [number, number, number, number];
  const spread = new Float32Array(data.length * inputs);
  for (let at = 0; at < height * width; at++) {
    for (let input = 0; input < inputs; input++) {
      for (let filter = 0; filter < filters; filter++) {
        spread[(at * inputs + input) * filters + filter] = data[at * filters + filter]! / inputs;
      }
    }
  }
  return { shape: [height, width, inputs, filters], data: spread };
}

/** The kernel with its input channels in the opposite order: from blue, green, red to red, green, blue. */
export function reverseInputs({ shape, data }: Kernel): Kernel {
  const [height, width, inputs, filters] = shape as [number, number, number, number];
  const reversed = new Float32Array(data.length);
  for (let at = 0; at < height * width; at++) {
    for (let input = 0; input < inputs; input++) {
      const from = (at * inputs + input) * filters;
      reversed.set(data.subarray(from, from + filters), (at * inputs + inputs - 1 - input) * filters);
    }
  }
  return { shape, data: reversed };
}
