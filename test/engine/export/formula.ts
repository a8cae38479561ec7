import type { Graph, Shape } from '../../../src-main/backbone/graph.ts';
import type { Weights } from '../../../src-main/backbone/model.ts';
import { graphParameters, sizeOf } from '../../../src-main/backbone/parameters.ts';

/**
 * Weights and images that any language can compute alike, so that only outputs need to be stored as goldens.
 * Value i of a tensor comes from the 32-bit hash of (FNV-1a of its key) + i, as a number in [-0.5, 0.5).
 */
function hash(seed: number, index: number): number {
  let x = (seed + index) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

function seedOf(key: string): number {
  let seed = 0x811c9dc5;
  for (const byte of Buffer.from(key)) seed = Math.imul(seed ^ byte, 0x01000193) >>> 0;
  return seed;
}

/** `length` numbers in [-0.5, 0.5). */
export function formulaValues(key: string, length: number): number[] {
  const seed = seedOf(key);
  return Array.from({ length }, (_, i) => hash(seed, i) / 2 ** 32 - 0.5);
}

/** Kernels of a variance that keeps activations in range; gamma 0.5 to 0.9, variance 0.6 to 1.4, others ±0.2. */
export function formulaWeights(graph: Graph, image: { height: number; width: number }): Weights {
  return new Map(
    graphParameters(graph, image).map(({ key, role, shape }) => {
      const scale = role === 'kernel' ? kernelScale(shape) : role === 'variance' ? 0.8 : 0.4;
      const centre = role === 'gamma' ? 0.7 : role === 'variance' ? 1 : 0;
      const data = new Float32Array(sizeOf(shape));
      const seed = seedOf(key);
      for (let i = 0; i < data.length; i++) data[i] = centre + scale * (hash(seed, i) / 2 ** 32 - 0.5);
      return [key, { shape, data }];
    }),
  );
}

function kernelScale(shape: Shape): number {
  const depthwise = shape.length === 4 && shape[3] === 1;
  const fanIn = depthwise ? shape[0]! * shape[1]! : sizeOf(shape) / shape.at(-1)!;
  return Math.sqrt((shape.length === 2 ? 6 : 24) / fanIn);
}

/** Noise, each image brighter than the one before it. */
export function formulaImages(count: number, { height, width }: { height: number; width: number }): Uint8Array[] {
  return Array.from({ length: count }, (_, image) => {
    const seed = seedOf(`image/${image}`);
    return Uint8Array.from({ length: height * width * 3 }, (_, i) =>
      Math.floor(Math.floor((hash(seed, i) * (image + 1)) / count) / 2 ** 24),
    );
  });
}
