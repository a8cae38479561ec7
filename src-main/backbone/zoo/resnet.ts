import { GraphBuilder } from '../builder.ts';
import type { Graph } from '../graph.ts';
import { IMAGENET, type Backbone } from './backbone.ts';

/**
 * Residual networks as torchvision builds and names them: explicit symmetric padding, and in the bottleneck the stride
 * in the 3 × 3 convolution ("v1.5").
 */
type Residual = 'basic' | 'bottleneck';

const WIDTHS = [64, 128, 256, 512] as const;
const EXPANSION = { basic: 1, bottleneck: 4 } as const satisfies Record<Residual, number>;

const rows: { name: string; title: string; residual: Residual; depths: readonly number[] }[] = [
  { name: 'resnet18', title: 'ResNet-18', residual: 'basic', depths: [2, 2, 2, 2] },
  { name: 'resnet34', title: 'ResNet-34', residual: 'basic', depths: [3, 4, 6, 3] },
  { name: 'resnet50', title: 'ResNet-50', residual: 'bottleneck', depths: [3, 4, 6, 3] },
];

export const resnets: readonly Backbone[] = rows.map(({ name, title, residual, depths }) => ({
  name,
  title,
  family: 'ResNet',
  dialect: 'torchvision',
  paper: 'He et al., Deep Residual Learning for Image Recognition, CVPR 2016, arXiv:1512.03385',
  input: 224,
  preprocessing: IMAGENET,
  initialisation: 'heNormalFanOut',
  build: () => buildResnet(name, residual, depths),
}));

function buildResnet(name: string, residual: Residual, depths: readonly number[]): Graph {
  const builder = new GraphBuilder();
  let end = builder.add('input', 'input', [], { channels: 3 });
  builder.within('stem', 'conv1');
  end = convNorm(builder, 'conv1', 'bn1', end, 64, 7, 2);
  end = relu(builder, 'relu', end);
  builder.within('stem', 'maxpool');
  end = builder.add('maxPool', 'maxpool', [end], { kernel: [3, 3], stride: [2, 2], padding: symmetric(1) });
  let channels = 64;
  depths.forEach((depth, stage) => {
    const block = `layer${stage + 1}`;
    const width = WIDTHS[stage]!;
    const output = width * EXPANSION[residual];
    for (let index = 0; index < depth; index++) {
      const unit = `${block}.${index}`;
      const stride = index === 0 && stage > 0 ? 2 : 1;
      builder.within(block, unit);
      const branch = residual === 'basic' ? basic : bottleneck;
      const residue = branch(builder, unit, end, width, stride);
      const shortcut =
        stride === 1 && channels === output
          ? end
          : convNorm(builder, `${unit}.downsample.0`, `${unit}.downsample.1`, end, output, 1, stride);
      end = relu(builder, unit, builder.add('add', `${unit}.add`, [residue, shortcut], {}));
      channels = output;
    }
  });
  return builder.build(name);
}

function basic(builder: GraphBuilder, unit: string, input: string, width: number, stride: number): string {
  let end = convNorm(builder, `${unit}.conv1`, `${unit}.bn1`, input, width, 3, stride);
  end = relu(builder, `${unit}.relu1`, end);
  return convNorm(builder, `${unit}.conv2`, `${unit}.bn2`, end, width, 3, 1);
}

function bottleneck(builder: GraphBuilder, unit: string, input: string, width: number, stride: number): string {
  let end = convNorm(builder, `${unit}.conv1`, `${unit}.bn1`, input, width, 1, 1);
  end = relu(builder, `${unit}.relu1`, end);
  end = convNorm(builder, `${unit}.conv2`, `${unit}.bn2`, end, width, 3, stride);
  end = relu(builder, `${unit}.relu2`, end);
  return convNorm(builder, `${unit}.conv3`, `${unit}.bn3`, end, width * EXPANSION.bottleneck, 1, 1);
}

function convNorm(
  builder: GraphBuilder,
  conv: string,
  norm: string,
  input: string,
  filters: number,
  kernel: number,
  stride: number,
): string {
  const padding = symmetric((kernel - 1) / 2);
  builder.add('conv', conv, [input], {
    filters,
    kernel: [kernel, kernel],
    stride: [stride, stride],
    padding,
    bias: false,
  });
  return builder.add('batchNorm', norm, [conv], { epsilon: 1e-5 });
}

function relu(builder: GraphBuilder, name: string, input: string): string {
  return builder.add('activation', name, [input], { kind: 'relu' });
}

function symmetric(rows: number) {
  return { top: rows, bottom: rows, left: rows, right: rows };
}
