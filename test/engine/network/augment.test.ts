import * as tf from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Augmentation } from '../../../src-main/contract/plan.ts';
import { generator } from '../../../src-main/engine/random.ts';
import type { Engine } from '../../../src-main/engine/tensor/engine.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import { augment, drawMap } from '../../../src-main/engine/network/augment.ts';

const none: Augmentation = { flipHorizontal: false, flipVertical: false, crop: 0, rotation: 0, brightness: 0 };
const size = 8;
let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine('tensorflow');
});
const run = (settings: Augmentation, ...seed: (string | number)[]): number[] => {
  const images = tf.tidy(() => tf.reshape(tf.range(0, size * size * 3), [1, size, size, 3])) as Tensor4D;
  const result = augment(images, settings, { ops: engine.ops, random: generator(...seed) });
  const values = [...result.dataSync()];
  tf.dispose([images, result]);
  return values;
};

describe('augmentation', () => {
  it('with everything off leaves the picture as it is', () => {
    expect(run(none, 1)).toEqual(Array.from({ length: size * size * 3 }, (_, i) => i));
  });

  it('flips about half of the pictures, and nothing but flips', () => {
    const original = run(none, 0);
    const mirrored = Array.from({ length: size * size * 3 }, (_, i) => {
      const [row, column, channel] = [Math.floor(i / 3 / size), Math.floor(i / 3) % size, i % 3];
      return (row * size + (size - 1 - column)) * 3 + channel;
    });
    const seen = Array.from({ length: 60 }, (_, seed) => run({ ...none, flipHorizontal: true }, seed).join());
    const flipped = seen.filter((values) => values === mirrored.join()).length;
    expect(flipped + seen.filter((values) => values === original.join()).length).toBe(60);
    expect(flipped).toBeGreaterThan(15);
    expect(flipped).toBeLessThan(45);
  });

  it('the same seed draws the same, another seed something else', () => {
    const all: Augmentation = { flipHorizontal: true, flipVertical: true, crop: 0.2, rotation: 20, brightness: 0.3 };
    expect(run(all, 7, 'augment', 1, 2)).toEqual(run(all, 7, 'augment', 1, 2));
    expect(run(all, 7, 'augment', 1, 2)).not.toEqual(run(all, 7, 'augment', 1, 3));
  });

  it('keeps values between 0 and 255 and leaves no tensor behind', () => {
    const bright: Augmentation = { ...none, brightness: 1 };
    const before = tf.memory().numTensors;
    const values = Array.from({ length: 20 }, (_, seed) => run(bright, seed)).flat();
    expect(tf.memory().numTensors).toBe(before);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThanOrEqual(255);
    expect(new Set(values).size).toBeGreaterThan(size * size * 3);
  });

  it('maps stay affine, rotate by at most the angle, and crop at most the share', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 180, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.integer(),
        (rotation, crop, seed) => {
          const [a, b, c, d, e, f, g, h] = drawMap({ ...none, rotation, crop }, 100, generator(seed)) as [
            number,
            number,
            number,
            number,
            number,
            number,
            number,
            number,
          ];
          expect([g, h]).toEqual([0, 0]);
          const zoom = Math.sqrt(a * a + d * d);
          expect(zoom).toBeLessThanOrEqual(1 + 1e-12);
          expect(zoom).toBeGreaterThanOrEqual(1 - crop - 1e-12);
          // A similarity: both columns are orthogonal and equally long.
          expect(a * b + d * e).toBeCloseTo(0, 9);
          expect(Math.sqrt(b * b + e * e)).toBeCloseTo(zoom, 9);
          expect(Math.abs(Math.atan2(d, a)) * (180 / Math.PI)).toBeLessThanOrEqual(rotation + 1e-9);
          // The centre of the view stays within what the crop leaves free.
          const centre = 49.5;
          const slack = (100 * (1 - zoom)) / 2 + 1e-9;
          expect(Math.abs(a * centre + b * centre + c - centre)).toBeLessThanOrEqual(slack);
          expect(Math.abs(d * centre + e * centre + f - centre)).toBeLessThanOrEqual(slack);
        },
      ),
    );
  });
});
