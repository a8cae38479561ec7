import { expect, it } from 'vitest';
import type { Graph } from '../../../src-main/backbone/graph.ts';
import type { Weights } from '../../../src-main/backbone/model.ts';
import { weightMovement } from '../../../src-main/engine/similarity/movement.ts';

const graph: Graph = {
  name: 'two layers',
  nodes: [
    { name: 'in', op: 'input', inputs: [], attributes: { channels: 1 } },
    {
      name: 'first',
      op: 'conv',
      inputs: ['in'],
      attributes: { filters: 2, kernel: [1, 1], stride: [1, 1], padding: 'same', bias: true, groups: 1 },
      unit: 'u',
      block: 'b',
    },
    {
      name: 'norm',
      op: 'batchNorm',
      inputs: ['first'],
      attributes: { epsilon: 0, scale: false },
      unit: 'u',
      block: 'b',
    },
    { name: 'head_dense', op: 'dense', inputs: ['norm'], attributes: { units: 1, bias: false } },
  ],
};
const input = { height: 1, width: 1 };

function weights(values: Record<string, number[]>): Weights {
  return new Map(
    Object.entries(values).map(([key, data]) => [key, { shape: [data.length], data: Float32Array.from(data) }]),
  );
}

it('is the relative length of the change and the cosine, per node and per block, without statistics', () => {
  const statistics = { 'norm/mean': [0, 0], 'norm/variance': [1, 1] };
  const before = weights({
    'first/kernel': [3, 0],
    'first/bias': [0, 4],
    'norm/beta': [0, 0],
    ...statistics,
    'head_dense/kernel': [1, 0],
  });
  const after = weights({
    'first/kernel': [3, 4],
    'first/bias': [3, 4],
    'norm/beta': [0, 1],
    'norm/mean': [9, 9],
    'norm/variance': [9, 9],
    'head_dense/kernel': [0, 1],
  });
  const { nodes, blocks } = weightMovement({ graph, input, frozen: 'first' }, before, after);
  expect(nodes).toEqual([
    // (3, 0, 0, 4) to (3, 4, 3, 4): 5 away of 5; 25 / (5 · √50).
    {
      name: 'first',
      block: 'b',
      parameters: 4,
      relativeDistance: 1,
      cosine: expect.closeTo(Math.SQRT1_2, 12),
      frozen: true,
    },
    { name: 'norm', block: 'b', parameters: 2, relativeDistance: null, cosine: null, frozen: false },
    { name: 'head_dense', block: 'head', parameters: 2, relativeDistance: Math.SQRT2, cosine: 0, frozen: false },
  ]);
  expect(blocks).toEqual([
    {
      name: 'b',
      parameters: 6,
      relativeDistance: expect.closeTo(Math.sqrt(26) / 5, 12),
      cosine: expect.closeTo(25 / (5 * Math.sqrt(51)), 12),
    },
    { name: 'head', parameters: 2, relativeDistance: Math.SQRT2, cosine: 0 },
  ]);
});

it('leaves out a head that another classifier has replaced', () => {
  const before = weights({ 'first/kernel': [1, 1], 'head_dense/kernel': [1, 0] });
  const after = weights({ 'first/kernel': [1, 1], 'head_dense/kernel': [1, 0, 0, 0] });
  const { nodes } = weightMovement({ graph, input, frozen: null }, before, after);
  expect(nodes.map(({ name, relativeDistance }) => [name, relativeDistance])).toEqual([['first', 0]]);
});
