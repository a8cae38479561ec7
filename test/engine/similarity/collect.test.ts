import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { cutNodes } from '../../../src-main/backbone/cuts.ts';
import { graphParameters } from '../../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { trainingPlan } from '../../../src-main/contract/plan.ts';
import type { ImageCache } from '../../../src-main/engine/data/types.ts';
import { run, type Network } from '../../../src-main/engine/execute/run.ts';
import { generator } from '../../../src-main/engine/random.ts';
import { collectActivations } from '../../../src-main/engine/similarity/collect.ts';
import { rowOf } from '../../../src-main/engine/linear/matrix.ts';
import { requireRoom } from '../../../src-main/engine/similarity/representStates.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import { preprocess, readBatch } from '../../../src-main/engine/network/batch.ts';
import { architectureOf } from '../../../src-main/backbone/architecture.ts';
import { initialise } from '../../../src-main/engine/weights/initialise.ts';

const backbone = findBackbone('cbr_tiny');
const SIZE = 64;
const images = { indices: [5, 0, 3, 4, 1], preprocessing: backbone.preprocessing };
const cache: ImageCache = {
  count: 6,
  size: SIZE,
  read(index, into, offset) {
    const random = generator('image', index);
    for (let i = 0; i < SIZE * SIZE * 3; i++) into[offset + i] = Math.floor(random() * 256);
  },
  close() {},
};
const graph = backbone.build();
const cuts = cutNodes(graph)
  .map(({ name }) => name)
  .slice(0, 3);

async function smallNetwork(): Promise<Network> {
  const engine = await loadEngine('auto');
  const parameters = graphParameters(graph, { height: SIZE, width: SIZE });
  const weights = initialise(parameters, backbone.initialisation, generator('weights'));
  return { graph, ops: engine.ops, variables: engine.createVariables(weights) };
}

it('collects at all cuts in one pass: means over space, or channels at the same places of a picture', async () => {
  const network = await smallNetwork();
  const options = { cuts, seed: 1, batch: 2 };
  const average = await collectActivations(network, { cache, ...images }, { ...options, spatial: { kind: 'average' } });
  const tensors = tf.memory().numTensors;
  const spatial = { kind: 'sample', positions: 4 } as const;
  const sample = await collectActivations(network, { cache, ...images }, { ...options, spatial });
  expect(tf.memory().numTensors).toBe(tensors);
  expect([...average.keys()]).toEqual([...sample.keys()]);

  const x = preprocess(readBatch(cache, images.indices), images.preprocessing);
  const places = new Map<string, number[]>();
  for (const [cut, map] of run(network, x, { to: cuts.at(-1)!, taps: cuts })) {
    const [n, height, width, channels] = map.shape as [number, number, number, number];
    const values = map.dataSync();
    const at = (image: number, place: number) => [
      ...values.subarray((image * height * width + place) * channels).subarray(0, channels),
    ];
    expect(average.get(cut)).toMatchObject({ rows: n, columns: channels });
    expect(sample.get(cut)).toMatchObject({ rows: 4 * n, columns: channels });
    for (let image = 0; image < n; image++) {
      const all = Array.from({ length: height * width }, (_, place) => at(image, place));
      rowOf(average.get(cut)!, image).forEach((value, channel) => {
        expect(value).toBeCloseTo(
          all.reduce((sum, each) => sum + each[channel]! / all.length, 0),
          3,
        );
      });
      for (let position = 0; position < 4; position++) {
        const row = rowOf(sample.get(cut)!, image * 4 + position);
        const nearest = all
          .map((each) => Math.max(...each.map((value, channel) => Math.abs(value - row[channel]!))))
          .map((distance, place) => ({ distance, place }))
          .reduce((a, b) => (b.distance < a.distance ? b : a));
        expect(nearest.distance).toBeLessThan(1e-3);
        // Where in the picture, in [0, 1].
        const where = [Math.floor(nearest.place / width) / height, (nearest.place % width) / width];
        places.set(cut, [...(places.get(cut) ?? []), ...where]);
      }
    }
    map.dispose();
  }
  // A place of the finer map lies within the coarser map's cell, an eighth of the picture wide.
  const [fine, coarse] = [places.get(cuts[0]!)!, places.get(cuts[1]!)!];
  fine.forEach((value, i) => expect(Math.abs(value - coarse[i]!)).toBeLessThan(1 / 8));
  x.dispose();
  network.variables.dispose();
});

it('refuses what memory does not hold, and says how many images it would', () => {
  const plan = trainingPlan.parse({ data: { folder: '.' }, backbone: 'cbr_tiny', strategy: 'full' });
  const networks = [{ state: { architecture: architectureOf(plan, ['a', 'b']) }, cuts }];
  const spatial = { kind: 'sample', positions: 64 } as const;
  expect(() => requireRoom(networks, 1000, spatial)).not.toThrow();
  expect(() => requireRoom(networks, 1_000_000, spatial)).toThrow(
    expect.objectContaining({ code: 'INPUT_INVALID', details: { most: expect.any(Number) } }),
  );
  expect(() => requireRoom(networks, 1_000_000, { kind: 'average' })).not.toThrow();
});
