import { GraphBuilder } from '../../../src-main/backbone/builder.ts';
import type { Graph } from '../../../src-main/backbone/graph.ts';
import { withHead } from '../../../src-main/backbone/head.ts';
import type { Model } from '../../../src-main/backbone/model.ts';
import { truncate } from '../../../src-main/backbone/truncate.ts';
import { IMAGENET, MINUS_ONE_TO_ONE } from '../../../src-main/backbone/zoo/backbone.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { formulaWeights } from './formula.ts';

export interface NetworkCase {
  network: string;
  cut?: string;
  height: number;
  width: number;
  pooling: string;
  classes: number;
}

/** Every operation with Keras's numerics: `same` and `valid` padding, odd windows, ReLU6. */
function sameNetwork(): Graph {
  const b = new GraphBuilder();
  let end = b.add('input', 'input', [], { channels: 3 });
  end = b.add('conv', 'c1', [end], {
    filters: 8,
    kernel: [3, 3],
    stride: [2, 2],
    padding: 'same',
    bias: true,
    groups: 1,
  });
  end = b.add('activation', 'r1', [end], { kind: 'relu' });
  end = b.add('maxPool', 'p1', [end], { kernel: [3, 3], stride: [2, 2], padding: 'same' });
  end = b.add('depthwiseConv', 'd1', [end], { kernel: [5, 5], stride: [1, 1], padding: 'same', bias: true });
  end = b.add('batchNorm', 'b1', [end], { epsilon: 1e-3, scale: true });
  end = b.add('activation', 'r2', [end], { kind: 'relu6' });
  end = b.add('conv', 'c2', [end], {
    filters: 12,
    kernel: [5, 2],
    stride: [1, 2],
    padding: 'same',
    bias: false,
    groups: 1,
  });
  const side = b.add('depthwiseConv', 'd2', [end], { kernel: [3, 3], stride: [1, 1], padding: 'same', bias: false });
  end = b.add('add', 'a1', [end, side], {});
  end = b.add('maxPool', 'p2', [end], { kernel: [2, 1], stride: [1, 1], padding: 'valid' });
  b.add('depthwiseConv', 'd3', [end], { kernel: [2, 2], stride: [2, 2], padding: 'same', bias: true });
  return b.build('same');
}

/** Every operation with PyTorch's numerics: explicit padding, uneven too, and a sum of three. */
function explicitNetwork(): Graph {
  const b = new GraphBuilder();
  const uneven = { top: 0, bottom: 3, left: 2, right: 1 };
  const around = { top: 1, bottom: 1, left: 1, right: 1 };
  let end = b.add('input', 'input', [], { channels: 3 });
  end = b.add('conv', 'c1', [end], {
    filters: 8,
    kernel: [3, 4],
    stride: [2, 1],
    padding: uneven,
    bias: true,
    groups: 1,
  });
  end = b.add('activation', 'r1', [b.add('batchNorm', 'b1', [end], { epsilon: 1e-5, scale: true })], { kind: 'relu' });
  end = b.add('maxPool', 'p1', [end], { kernel: [3, 3], stride: [2, 2], padding: around });
  const one = b.add('depthwiseConv', 'd1', [end], { kernel: [3, 3], stride: [1, 1], padding: around, bias: true });
  const two = b.add('conv', 'c2', [end], {
    filters: 8,
    kernel: [1, 1],
    stride: [1, 1],
    padding: 'valid',
    bias: false,
    groups: 1,
  });
  end = b.add('activation', 'r2', [b.add('add', 'a1', [end, one, two], {})], { kind: 'relu6' });
  const none = { top: 0, bottom: 0, left: 0, right: 0 };
  b.add('conv', 'c3', [end], { filters: 10, kernel: [2, 2], stride: [2, 2], padding: none, bias: false, groups: 1 });
  return b.build('explicit');
}

/**
 * Every operation, and norms of every kind: behind a convolution that nothing else reads (which can be folded), behind
 * one that something else reads, and before one (which cannot).
 */
function everyNetwork(): Graph {
  const b = new GraphBuilder();
  const around = { top: 1, bottom: 1, left: 1, right: 1 };
  const unit = { stride: [1, 1], padding: 'same', bias: false, groups: 1 } as const;
  let end = b.add('input', 'input', [], { channels: 3 });
  end = b.add('conv', 'c1', [end], { ...unit, filters: 8, kernel: [3, 3], bias: true });
  end = b.add('batchNorm', 'n1', [end], { epsilon: 1e-3, scale: false });
  end = b.add('activation', 'swish', [end], { kind: 'swish' });
  const grouped = b.add('conv', 'c2', [end], { ...unit, filters: 12, kernel: [3, 3], padding: around, groups: 4 });
  end = b.add('activation', 'hardSwish', [b.add('batchNorm', 'n2', [grouped], { epsilon: 1e-5, scale: true })], {
    kind: 'hardSwish',
  });
  const squeezed = b.add('globalAveragePool', 'squeeze', [end], { keepSpatial: true });
  const narrow = b.add('conv', 'c3', [squeezed], { ...unit, filters: 4, kernel: [1, 1], bias: true });
  const wide = b.add('conv', 'c4', [b.add('activation', 'relu', [narrow], { kind: 'relu' })], {
    ...unit,
    filters: 12,
    kernel: [1, 1],
    bias: true,
  });
  end = b.add('multiply', 'gate', [end, b.add('activation', 'hardSigmoid', [wide], { kind: 'hardSigmoid' })], {});
  const pools = [true, false].map((countPadding) =>
    b.add('averagePool', `mean${countPadding}`, [end], {
      kernel: [3, 3],
      stride: [2, 2],
      padding: around,
      countPadding,
    }),
  );
  const largest = b.add('maxPool', 'largest', [end], { kernel: [3, 3], stride: [2, 2], padding: 'same' });
  end = b.add('concat', 'joined', [...pools, largest], {});
  end = b.add('activation', 'relu6', [b.add('batchNorm', 'n3', [end], { epsilon: 1e-5, scale: true })], {
    kind: 'relu6',
  });
  const skip = b.add('depthwiseConv', 'd1', [end], { kernel: [3, 3], stride: [1, 1], padding: 'same', bias: true });
  end = b.add('layerNorm', 'n4', [skip], { epsilon: 1e-6 });
  end = b.add('dense', 'p1', [end], { units: 20, bias: true });
  end = b.add('dense', 'p2', [b.add('activation', 'gelu', [end], { kind: 'gelu' })], { units: 36, bias: true });
  end = b.add('channelScale', 'scale', [end], {});
  end = b.add('add', 'sum', [skip, end], {});
  const shared = b.add('conv', 'c5', [end], { ...unit, filters: 10, kernel: [1, 1] });
  const normed = b.add('batchNorm', 'n5', [shared], { epsilon: 1e-5, scale: true });
  end = b.add('multiply', 'product', [shared, b.add('activation', 'sigmoid', [normed], { kind: 'sigmoid' })], {});
  b.add('dropout', 'dropout', [end], { rate: 0.5 });
  return b.build('every');
}

/** Maps that are enlarged: beside one of that size, and before a max pool that pads. */
function enlargedNetwork(): Graph {
  const b = new GraphBuilder();
  const unit = { stride: [1, 1], padding: 'same', bias: true, groups: 1 } as const;
  const input = b.add('input', 'input', [], { channels: 3 });
  const beside = { top: 1, bottom: 1, left: 0, right: 1 };
  const skip = b.add('conv', 'c1', [input], { ...unit, filters: 6, kernel: [2, 2], padding: beside });
  let end = b.add('conv', 'c2', [input], { ...unit, filters: 8, kernel: [3, 3], stride: [2, 2] });
  end = b.add('activation', 'r1', [b.add('batchNorm', 'b1', [end], { epsilon: 1e-5, scale: true })], { kind: 'relu' });
  end = b.add('concat', 'joined', [b.add('upsample', 'u1', [end], { factor: 2 }), skip], {});
  end = b.add('activation', 'r2', [b.add('conv', 'c3', [end], { ...unit, filters: 8, kernel: [3, 3] })], {
    kind: 'relu',
  });
  end = b.add('upsample', 'u2', [end], { factor: 3 });
  const around = { top: 1, bottom: 1, left: 1, right: 1 };
  end = b.add('maxPool', 'p1', [end], { kernel: [3, 3], stride: [2, 2], padding: around });
  b.add('conv', 'c4', [end], { ...unit, filters: 10, kernel: [3, 3] });
  return b.build('enlarged');
}

/** The model of a golden case, with weights by formula and a dropout that inference must ignore. */
export function modelOf({ network, cut, height, width, pooling, classes }: NetworkCase): Model {
  const small = { same: sameNetwork, explicit: explicitNetwork, every: everyNetwork, enlarged: enlargedNetwork }[
    network
  ];
  const backbone = small?.() ?? truncate(findBackbone(network).build(), cut!);
  const keras = network === 'same' || network === 'mobilenet_v2_keras';
  const graph = withHead(backbone, { classes, pooling: pooling as 'average' | 'flatten', dropout: 0.3 });
  return {
    graph,
    weights: formulaWeights(graph, { height, width }),
    input: { height, width },
    preprocessing: keras ? MINUS_ONE_TO_ONE : IMAGENET,
    classes: Array.from({ length: classes }, (_, index) => `class ${index}`),
  };
}
