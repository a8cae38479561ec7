import { GraphBuilder } from '../builder.ts';
import type { Graph } from '../graph.ts';
import { MINUS_ONE_TO_ONE, type Backbone } from './backbone.ts';

/**
 * MobileNetV2, width 1.0, as Keras builds and names it. Keras pads a convolution of stride 2 by ZeroPadding2D before a
 * `valid` one; for kernels of 3 that is TensorFlow's `same`, at even and at odd sizes.
 */
export const mobilenetsV2: readonly Backbone[] = [
  {
    name: 'mobilenet_v2_keras',
    title: 'MobileNetV2',
    family: 'MobileNetV2',
    dialect: 'keras',
    paper: 'Sandler et al., MobileNetV2: Inverted Residuals and Linear Bottlenecks, CVPR 2018, arXiv:1801.04381',
    input: 224,
    preprocessing: MINUS_ONE_TO_ONE,
    initialisation: 'glorotUniform',
    build: buildMobilenetV2,
  },
];

/** Table 2 of the paper; each row is a block here. */
const STAGES = [
  { expansion: 1, channels: 16, depth: 1, stride: 1 },
  { expansion: 6, channels: 24, depth: 2, stride: 2 },
  { expansion: 6, channels: 32, depth: 3, stride: 2 },
  { expansion: 6, channels: 64, depth: 4, stride: 2 },
  { expansion: 6, channels: 96, depth: 3, stride: 1 },
  { expansion: 6, channels: 160, depth: 3, stride: 2 },
  { expansion: 6, channels: 320, depth: 1, stride: 1 },
] as const;

function buildMobilenetV2(): Graph {
  const builder = new GraphBuilder();
  let end = builder.add('input', 'input', [], { channels: 3 });
  builder.within('stem', 'Conv1');
  end = relu6(builder, 'Conv1_relu', norm(builder, 'bn_Conv1', conv(builder, 'Conv1', end, 32, 3, 2)));
  let channels = 32;
  let number = 0;
  STAGES.forEach((stage, index) => {
    for (let repeat = 0; repeat < stage.depth; repeat++, number++) {
      const unit = number === 0 ? 'expanded_conv' : `block_${number}`;
      builder.within(`stage${index + 1}`, unit);
      end = invertedResidual(builder, unit, end, {
        channels,
        expansion: stage.expansion,
        output: stage.channels,
        stride: repeat === 0 ? stage.stride : 1,
      });
      channels = stage.channels;
    }
  });
  builder.within('top', 'Conv_1');
  relu6(builder, 'out_relu', norm(builder, 'Conv_1_bn', conv(builder, 'Conv_1', end, 1280, 1, 1)));
  return builder.build('mobilenet_v2_keras');
}

function invertedResidual(
  builder: GraphBuilder,
  unit: string,
  input: string,
  { channels, expansion, output, stride }: { channels: number; expansion: number; output: number; stride: number },
): string {
  let end = input;
  if (expansion !== 1) {
    end = conv(builder, `${unit}_expand`, end, channels * expansion, 1, 1);
    end = relu6(builder, `${unit}_expand_relu`, norm(builder, `${unit}_expand_BN`, end));
  }
  end = builder.add('depthwiseConv', `${unit}_depthwise`, [end], {
    kernel: [3, 3],
    stride: [stride, stride],
    padding: 'same',
    bias: false,
  });
  end = relu6(builder, `${unit}_depthwise_relu`, norm(builder, `${unit}_depthwise_BN`, end));
  end = norm(builder, `${unit}_project_BN`, conv(builder, `${unit}_project`, end, output, 1, 1));
  return stride === 1 && channels === output ? builder.add('add', `${unit}_add`, [input, end], {}) : end;
}

function conv(builder: GraphBuilder, name: string, input: string, filters: number, kernel: number, stride: number) {
  const attributes = { filters, kernel: [kernel, kernel], stride: [stride, stride], padding: 'same' } as const;
  return builder.add('conv', name, [input], { ...attributes, bias: false });
}

function norm(builder: GraphBuilder, name: string, input: string): string {
  return builder.add('batchNorm', name, [input], { epsilon: 1e-3 });
}

function relu6(builder: GraphBuilder, name: string, input: string): string {
  return builder.add('activation', name, [input], { kind: 'relu6' });
}
