import { expect, test } from 'vitest';
import { findBackbone } from '../../../../src-main/backbone/zoo/index.ts';
import { stepWork } from '../../../../src-main/engine/comparisons/search/work.ts';
import { POINTS } from './recorded.ts';

const work = (size: number) =>
  stepWork({ graph: findBackbone('mobilenet_v2_keras').build(), image: { height: size, width: size } });

test('the work of every cut is its multiply-accumulates and twenty for each activation up to it', () => {
  const at64 = work(64);
  expect([...at64.keys()]).toEqual(POINTS.map(({ name }) => name));
  // Input 64×64×3; Conv1, its batch norm and its ReLU are 32×32×32 each.
  const activations = 64 * 64 * 3 + 3 * 32 * 32 * 32;
  expect(at64.get('Conv1_relu')).toBe(POINTS[0]!.macs + 20 * activations);
});

// Seconds of an epoch, as a share of the whole network's: measured on two cores without a GPU, 96 pixels, batch 32.
const SECONDS = { block_2_add: 0.42, block_5_add: 0.62, block_9_add: 0.74, block_12_add: 0.91, block_15_add: 1.0 };

test('it tells the time that cuts take of the whole network within a sixth, where multiply-accumulates are up to 0.4 off', () => {
  const at96 = work(96);
  const whole = at96.get('out_relu')!;
  for (const [cut, share] of Object.entries(SECONDS)) {
    expect(at96.get(cut)! / whole / share).toBeGreaterThan(5 / 6);
    expect(at96.get(cut)! / whole / share).toBeLessThan(7 / 6);
  }
});
