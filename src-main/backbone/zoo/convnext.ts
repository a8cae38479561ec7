import { GraphBuilder } from '../builder.ts';
import { IMAGENET, type Backbone, type Dialect } from './backbone.ts';
import { symmetric } from '../padding.ts';

/**
 * ConvNeXt-T. The two dialects compute the same and differ in names alone: the 7 × 7 convolutions have stride 1, where
 * `same` and symmetric padding agree, and the other ones do not pad. The layer normalisation that follows the pooling is
 * the classifier's (Keras without top puts one of that shape on the feature map instead; it is not in the graph).
 *
 * Pointwise layers are dense layers on every position, as published. The depthwise ones are Conv2D with as many groups
 * as channels in Keras's files. LayerScale starts at 1e-6; stochastic depth is the identity at inference and left out.
 * A downsampling layer (normalisation, 2 × 2 convolution) belongs to the first unit behind it. Keras normalises inside
 * its model by ImageNet's statistics; here that is the row's preprocessing.
 */
const DIALECTS = ['torchvision', 'keras'] as const;

export const convnexts: readonly Backbone[] = DIALECTS.map((dialect) => {
  const name = `convnext_tiny${dialect === 'keras' ? '_keras' : ''}`;
  return {
    name,
    title: 'ConvNeXt-T',
    family: 'ConvNeXt',
    dialect,
    paper: 'Liu et al., A ConvNet for the 2020s, CVPR 2022, arXiv:2201.03545',
    input: 224,
    preprocessing: IMAGENET,
    initialisation: dialect === 'keras' ? 'glorotUniform' : 'normalFiftieth',
    build: () => features(VARIANTS[dialect]).build(name),
    published: () => classified(features(VARIANTS[dialect]), VARIANTS[dialect]).build(name),
  };
});

/** Table 9 of the paper; each row is a block here. */
const STAGES = [
  { channels: 96, depth: 3 },
  { channels: 192, depth: 3 },
  { channels: 384, depth: 9 },
  { channels: 768, depth: 3 },
] as const;

const EPSILON = 1e-6;

interface Variant {
  stem: { conv: string; norm: string };
  /** What makes stage `stage` (from 1) from the one before it. */
  downsampling(stage: number): { conv: string; norm: string };
  unit(stage: number, index: number): UnitNames;
  classifier: { pool: string; norm: string; dense: string };
}

interface UnitNames {
  depthwise: string;
  norm: string;
  expand: string;
  activation: string;
  project: string;
  scale: string;
  add: string;
}

const VARIANTS: Record<Dialect, Variant> = {
  torchvision: {
    stem: { conv: 'features.0.0', norm: 'features.0.1' },
    downsampling: (stage) => ({ norm: `features.${2 * stage}.0`, conv: `features.${2 * stage}.1` }),
    unit(stage, index) {
      const unit = `features.${2 * stage + 1}.${index}`;
      return {
        depthwise: `${unit}.block.0`,
        norm: `${unit}.block.2`,
        expand: `${unit}.block.3`,
        activation: `${unit}.block.4`,
        project: `${unit}.block.5`,
        scale: `${unit}.layer_scale`,
        add: unit,
      };
    },
    classifier: { pool: 'avgpool', norm: 'classifier.0', dense: 'classifier.2' },
  },
  keras: {
    stem: { conv: 'convnext_tiny_stem_conv', norm: 'convnext_tiny_stem_layernorm' },
    downsampling: (stage) => ({
      norm: `convnext_tiny_downsampling_layernorm_${stage - 1}`,
      conv: `convnext_tiny_downsampling_conv_${stage - 1}`,
    }),
    unit(stage, index) {
      const unit = `convnext_tiny_stage_${stage}_block_${index}`;
      return {
        depthwise: `${unit}_depthwise_conv`,
        norm: `${unit}_layernorm`,
        expand: `${unit}_pointwise_conv_1`,
        activation: `${unit}_gelu`,
        project: `${unit}_pointwise_conv_2`,
        scale: `${unit}_layer_scale`,
        add: `${unit}_add`,
      };
    },
    classifier: {
      pool: 'convnext_tiny_head_gap',
      norm: 'convnext_tiny_head_layernorm',
      dense: 'convnext_tiny_head_dense',
    },
  },
};

function features(variant: Variant): GraphBuilder {
  const builder = new GraphBuilder();
  let end = builder.add('input', 'input', [], { channels: 3 });
  builder.within('stem', variant.stem.conv);
  end = patches(builder, variant.stem.conv, end, STAGES[0].channels, 4);
  end = builder.add('layerNorm', variant.stem.norm, [end], { epsilon: EPSILON });
  STAGES.forEach(({ channels, depth }, stage) => {
    for (let index = 0; index < depth; index++) {
      const names = variant.unit(stage, index);
      builder.within(`stage${stage + 1}`, names.add);
      if (index === 0 && stage > 0) {
        const { norm, conv } = variant.downsampling(stage);
        end = builder.add('layerNorm', norm, [end], { epsilon: EPSILON });
        end = patches(builder, conv, end, channels, 2);
      }
      end = residual(builder, end, names, channels);
    }
  });
  return builder;
}

function residual(builder: GraphBuilder, input: string, names: UnitNames, channels: number): string {
  const window = { kernel: [7, 7], stride: [1, 1], padding: symmetric(3), bias: true } as const;
  let end = builder.add('depthwiseConv', names.depthwise, [input], window);
  end = builder.add('layerNorm', names.norm, [end], { epsilon: EPSILON });
  end = builder.add('dense', names.expand, [end], { units: 4 * channels, bias: true });
  end = builder.add('activation', names.activation, [end], { kind: 'gelu' });
  end = builder.add('dense', names.project, [end], { units: channels, bias: true });
  end = builder.add('channelScale', names.scale, [end], {});
  return builder.add('add', names.add, [input, end], {});
}

/** A convolution whose windows do not overlap. */
function patches(builder: GraphBuilder, name: string, input: string, filters: number, side: number): string {
  const window = { kernel: [side, side], stride: [side, side], padding: 'valid' } as const;
  return builder.add('conv', name, [input], { ...window, filters, bias: true, groups: 1 });
}

function classified(builder: GraphBuilder, { classifier }: Variant): GraphBuilder {
  builder.outside();
  let end = builder.add('globalAveragePool', classifier.pool, [builder.end], { keepSpatial: false });
  end = builder.add('layerNorm', classifier.norm, [end], { epsilon: EPSILON });
  builder.add('dense', classifier.dense, [end], { units: 1000, bias: true });
  return builder;
}
