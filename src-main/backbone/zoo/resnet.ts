import { GraphBuilder } from '../builder.ts';
import { symmetric } from '../padding.ts';
import { CAFFE, IMAGENET, type Backbone } from './backbone.ts';

/**
 * Residual networks. Torchvision and Keras share the blocks and pad alike (symmetrically; Keras by ZeroPadding2D). In
 * Keras's ResNet
 * - the stride of a bottleneck is in its first 1 × 1 convolution, as in the paper; in torchvision's in the 3 × 3 ("v1.5");
 * - convolutions have a bias, in spite of the batch normalisation behind them;
 * - the epsilon of batch normalisation is 1.001e-5; torchvision's is 1e-5;
 * - preprocessing is the `caffe` mode, blue first; torchvision's ImageNet statistics;
 * - kernels start Glorot uniform; torchvision's He normal.
 * ResNeXt is the same bottleneck with a 3 × 3 convolution in groups, and wider.
 */
type Residual = 'basic' | 'bottleneck';

interface Row {
  name: string;
  title: string;
  residual: Residual;
  depths: readonly number[];
  /** ResNeXt: groups of the 3 × 3 convolutions, and their width beside that of ResNet. */
  groups?: number;
  widening?: number;
}

interface ConvNorm {
  conv: string;
  norm: string;
}

/** How a dialect names and writes the network. */
interface Style {
  stem: ConvNorm & { relu: string; pool: string };
  block(stage: number): string;
  unit(
    stage: number,
    index: number,
  ): {
    name: string;
    branch(number: number): ConvNorm & { relu: string };
    shortcut: ConvNorm;
    sum: string;
    output: string;
  };
  bias: boolean;
  epsilon: number;
  /** Number of the convolution in a bottleneck that has the stride. */
  strided: 1 | 2;
}

const WIDTHS = [64, 128, 256, 512] as const;
const EXPANSION = { basic: 1, bottleneck: 4 } as const satisfies Record<Residual, number>;

const RESNET = 'He et al., Deep Residual Learning for Image Recognition, CVPR 2016, arXiv:1512.03385';
const RESNEXT = 'Xie et al., Aggregated Residual Transformations for Deep Neural Networks, CVPR 2017, arXiv:1611.05431';

const ofTorchvision: readonly Row[] = [
  { name: 'resnet18', title: 'ResNet-18', residual: 'basic', depths: [2, 2, 2, 2] },
  { name: 'resnet34', title: 'ResNet-34', residual: 'basic', depths: [3, 4, 6, 3] },
  { name: 'resnet50', title: 'ResNet-50', residual: 'bottleneck', depths: [3, 4, 6, 3] },
  { name: 'resnet101', title: 'ResNet-101', residual: 'bottleneck', depths: [3, 4, 23, 3] },
  {
    name: 'resnext50_32x4d',
    title: 'ResNeXt-50 (32 × 4d)',
    residual: 'bottleneck',
    depths: [3, 4, 6, 3],
    groups: 32,
    widening: 2,
  },
];

const ofKeras: readonly Row[] = [
  { name: 'resnet50_keras', title: 'ResNet-50', residual: 'bottleneck', depths: [3, 4, 6, 3] },
  { name: 'resnet101_keras', title: 'ResNet-101', residual: 'bottleneck', depths: [3, 4, 23, 3] },
];

const torchvision: Style = {
  stem: { conv: 'conv1', norm: 'bn1', relu: 'relu', pool: 'maxpool' },
  block: (stage) => `layer${stage + 1}`,
  unit: (stage, index) => {
    const name = `layer${stage + 1}.${index}`;
    return {
      name,
      branch: (number) => ({
        conv: `${name}.conv${number}`,
        norm: `${name}.bn${number}`,
        relu: `${name}.relu${number}`,
      }),
      shortcut: { conv: `${name}.downsample.0`, norm: `${name}.downsample.1` },
      sum: `${name}.add`,
      output: name,
    };
  },
  bias: false,
  epsilon: 1e-5,
  strided: 2,
};

const keras: Style = {
  stem: { conv: 'conv1_conv', norm: 'conv1_bn', relu: 'conv1_relu', pool: 'pool1_pool' },
  block: (stage) => `conv${stage + 2}`,
  unit: (stage, index) => {
    const name = `conv${stage + 2}_block${index + 1}`;
    const branch = (number: number) => ({
      conv: `${name}_${number}_conv`,
      norm: `${name}_${number}_bn`,
      relu: `${name}_${number}_relu`,
    });
    return { name, branch, shortcut: branch(0), sum: `${name}_add`, output: `${name}_out` };
  },
  bias: true,
  epsilon: 1.001e-5,
  strided: 1,
};

export const resnets: readonly Backbone[] = [
  ...ofTorchvision.map((row): Backbone => ({
    ...published(row, torchvision, { pool: 'avgpool', dense: 'fc' }),
    dialect: 'torchvision',
    preprocessing: IMAGENET,
    initialisation: 'heNormalFanOut',
  })),
  ...ofKeras.map((row): Backbone => ({
    ...published(row, keras, { pool: 'avg_pool', dense: 'predictions' }),
    dialect: 'keras',
    preprocessing: CAFFE,
    channelOrder: 'bgr',
    initialisation: 'glorotUniform',
  })),
];

function published(row: Row, style: Style, classifier: { pool: string; dense: string }) {
  const { name, title } = row;
  return {
    name,
    title,
    family: row.groups === undefined ? 'ResNet' : 'ResNeXt',
    paper: row.groups === undefined ? RESNET : RESNEXT,
    input: 224,
    build: () => features(row, style).build(name),
    published: () => {
      const builder = features(row, style);
      builder.outside();
      const pooled = builder.add('globalAveragePool', classifier.pool, [builder.end], { keepSpatial: false });
      builder.add('dense', classifier.dense, [pooled], { units: 1000, bias: true });
      return builder.build(name);
    },
  };
}

function features({ residual, depths, groups = 1, widening = 1 }: Row, style: Style): GraphBuilder {
  const builder = new GraphBuilder();
  const { stem } = style;
  const input = builder.add('input', 'input', [], { channels: 3 });
  builder.within('stem', stem.conv);
  let end = convNorm(builder, style, stem, input, { filters: 64, kernel: 7, stride: 2 });
  end = relu(builder, stem.relu, end);
  builder.within('stem', stem.pool);
  end = builder.add('maxPool', stem.pool, [end], { kernel: [3, 3], stride: [2, 2], padding: symmetric(1) });
  let channels = 64;
  depths.forEach((depth, stage) => {
    const width = WIDTHS[stage]!;
    const filters = width * EXPANSION[residual];
    for (let index = 0; index < depth; index++) {
      const unit = style.unit(stage, index);
      const stride = index === 0 && stage > 0 ? 2 : 1;
      const convolutions =
        residual === 'basic'
          ? [
              { filters, kernel: 3, stride },
              { filters, kernel: 3, stride: 1 },
            ]
          : [
              { filters: width * widening, kernel: 1, stride: style.strided === 1 ? stride : 1 },
              { filters: width * widening, kernel: 3, stride: style.strided === 2 ? stride : 1, groups },
              { filters, kernel: 1, stride: 1 },
            ];
      builder.within(style.block(stage), unit.name);
      let residue = end;
      convolutions.forEach((convolution, i) => {
        const names = unit.branch(i + 1);
        residue = convNorm(builder, style, names, residue, convolution);
        if (i + 1 < convolutions.length) residue = relu(builder, names.relu, residue);
      });
      const shortcut =
        stride === 1 && channels === filters
          ? end
          : convNorm(builder, style, unit.shortcut, end, { filters, kernel: 1, stride });
      end = relu(builder, unit.output, builder.add('add', unit.sum, [residue, shortcut], {}));
      channels = filters;
    }
  });
  return builder;
}

function convNorm(
  builder: GraphBuilder,
  { bias, epsilon }: Style,
  { conv, norm }: ConvNorm,
  input: string,
  { filters, kernel, stride, groups = 1 }: { filters: number; kernel: number; stride: number; groups?: number },
): string {
  builder.add('conv', conv, [input], {
    filters,
    kernel: [kernel, kernel],
    stride: [stride, stride],
    padding: symmetric((kernel - 1) / 2),
    bias,
    groups,
  });
  return builder.add('batchNorm', norm, [conv], { epsilon, scale: true });
}

function relu(builder: GraphBuilder, name: string, input: string): string {
  return builder.add('activation', name, [input], { kind: 'relu' });
}
