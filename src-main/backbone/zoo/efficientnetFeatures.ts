import { GraphBuilder } from '../builder.ts';
import type { ActivationKind } from '../graph.ts';
import { divisible } from './divisible.ts';
import {
  convNorm,
  invertedResidual,
  type ConvNames,
  type ConvStyle,
  type InvertedResidual,
  type ResidualNames,
} from './invertedResidual.ts';

/** B0 (table 1 of the paper); each row is a block here. */
const STAGES = [
  { expansion: 1, kernel: 3, channels: 16, repeats: 1, stride: 1 },
  { expansion: 6, kernel: 3, channels: 24, repeats: 2, stride: 2 },
  { expansion: 6, kernel: 5, channels: 40, repeats: 2, stride: 2 },
  { expansion: 6, kernel: 3, channels: 80, repeats: 3, stride: 2 },
  { expansion: 6, kernel: 5, channels: 112, repeats: 3, stride: 1 },
  { expansion: 6, kernel: 5, channels: 192, repeats: 4, stride: 2 },
  { expansion: 6, kernel: 3, channels: 320, repeats: 1, stride: 1 },
] as const;

/** What a published implementation calls its layers, and how it computes them. */
export interface EfficientnetVariant extends ConvStyle {
  stem: ConvNames;
  /** @param stage counted from 1 @param repeat within the stage @param number of the unit in the network; both from 0 */
  names(place: { stage: number; repeat: number; number: number }, residual: InvertedResidual): ResidualNames;
  top: ConvNames;
  pool: string;
  dense: string;
}

export interface EfficientnetScale {
  width: number;
  depth: number;
  activation: ActivationKind;
  /** Whether a quarter of each unit's input channels squeezes and excites. */
  squeeze: boolean;
  /** Stem and top keep their channels, first and last stage their repeats, whatever the scale. */
  fixedEnds: boolean;
}

/** The features of an EfficientNet: B0 made wider and deeper by the compound rule (channels by {@link divisible}, depths upwards). */
export function efficientnetFeatures(variant: EfficientnetVariant, scale: EfficientnetScale): GraphBuilder {
  const { width, depth, activation, fixedEnds } = scale;
  const builder = new GraphBuilder();
  const widened = (ends: number) => (fixedEnds ? ends : divisible(ends * width));
  let channels = widened(32);
  let end = builder.add('input', 'input', [], { channels: 3 });
  builder.within('stem', variant.stem.conv);
  end = convNorm(builder, end, variant.stem, { filters: channels, kernel: 3, stride: 2, activation }, variant);
  let number = 0;
  STAGES.forEach((stage, index) => {
    const output = divisible(stage.channels * width);
    const atEnd = index === 0 || index === STAGES.length - 1;
    const repeats = fixedEnds && atEnd ? stage.repeats : Math.ceil(stage.repeats * depth);
    for (let repeat = 0; repeat < repeats; repeat++, number++) {
      const residual: InvertedResidual = {
        channels,
        expanded: channels * stage.expansion,
        output,
        kernel: stage.kernel,
        stride: repeat === 0 ? stage.stride : 1,
        ...(scale.squeeze && { squeeze: { channels: Math.floor(channels / 4), gate: 'sigmoid', activation } }),
        activation,
      };
      const names = variant.names({ stage: index + 1, repeat, number }, residual);
      builder.within(`stage${index + 1}`, names.add);
      end = invertedResidual(builder, end, names, residual, variant);
      channels = output;
    }
  });
  builder.within('top', variant.top.conv);
  convNorm(builder, end, variant.top, { filters: widened(1280), kernel: 1, stride: 1, activation }, variant);
  return builder;
}

/** The published classifier of 1000 classes behind the features. */
export function efficientnetClassified(builder: GraphBuilder, { pool, dense }: EfficientnetVariant): GraphBuilder {
  builder.outside();
  const pooled = builder.add('globalAveragePool', pool, [builder.end], { keepSpatial: false });
  builder.add('dense', dense, [pooled], { units: 1000, bias: true });
  return builder;
}
