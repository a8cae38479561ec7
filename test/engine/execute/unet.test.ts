import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { MINUS_ONE_TO_ONE } from '../../../src-main/backbone/zoo/backbone.ts';
import { buildUnet } from '../../../src-main/backbone/unet/build.ts';
import { UNET_CUTS } from '../../../src-main/backbone/unet/cuts.ts';
import { ENCODERS, type UnetName } from '../../../src-main/backbone/unet/names.ts';
import { trainingPass } from '../../../src-main/engine/execute/gradient.ts';
import { run, type Network } from '../../../src-main/engine/execute/run.ts';
import { preprocess } from '../../../src-main/engine/network/batch.ts';
import type { Engine } from '../../../src-main/engine/tensor/engine.ts';
import { loadEngine } from '../../../src-main/engine/tensor/engines.ts';
import golden from '../../golden/unet.json' with { type: 'json' };
import { formulaValues, formulaWeights } from '../export/formula.ts';

// Weights and images follow from formulas, whose keys are the names that segmentation_models.pytorch gives.
const [height = 0, width = 0] = golden.image;

interface Described {
  node: string;
  shape: number[];
  mean: number;
  rms: number;
  largest: number;
  values: number[];
}

/** The images with these numbers, from -1 to 1. */
function images(count: number, size: { height: number; width: number }): tf.Tensor4D {
  const pixels = Array.from({ length: count }, (_, image) =>
    formulaValues(`image/${image}`, size.height * size.width * 3).map((value) => Math.floor((value + 0.5) * 256)),
  );
  const values = Float32Array.from(pixels.flatMap((each) => [...each]));
  return preprocess(tf.tensor4d(values, [count, size.height, size.width, 3]), MINUS_ONE_TO_ONE);
}

function expectDescribed(
  tensor: tf.Tensor,
  { node, shape, mean, rms, largest, values }: Described,
  most: number,
): void {
  expect(tensor.size, node).toBe(shape.reduce((product, length) => product * length, 1));
  const data = tensor.dataSync<'float32'>();
  const difference = values.map((value, i) => Math.abs(value - data[(i * golden.stride) % data.length]!));
  expect(Math.max(...difference) / largest, node).toBeLessThan(most);
  const sum = data.reduce((total, value) => total + value, 0);
  const squares = data.reduce((total, value) => total + value ** 2, 0);
  expect(Math.abs(sum / data.length - mean) / rms, node).toBeLessThan(most);
  expect(Math.abs(Math.sqrt(squares / data.length) / rms - 1), node).toBeLessThan(most);
}

function networkOf(engine: Engine, unet: UnetName, cut: (typeof UNET_CUTS)[number], size: typeof at): Network {
  const graph = buildUnet(unet, cut, { classes: 2 });
  return { graph, ops: engine.ops, variables: engine.createVariables(formulaWeights(graph, size)) };
}

const at = { height, width };
const all = (Object.keys(ENCODERS) as UnetName[]).flatMap((unet) =>
  UNET_CUTS.map((cut) => [unet, cut.name, cut] as const),
);

describe.each(['tensorflow', 'wasm'] as const)('on %s', (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await loadEngine(name);
  });

  it.each(name === 'wasm' ? all.slice(0, 4) : all)(
    '%s cut at %s makes the masks of the library',
    (unet, cutName, cut) => {
      const network = networkOf(engine, unet, cut, at);
      const outputs: Described[] = golden.entries[unet].cuts[cutName].outputs;
      const x = images(1, at);
      const maps = run(network, x, { taps: outputs.map(({ node }) => node) });
      for (const output of outputs) expectDescribed(maps.get(output.node)!, output, golden.tolerance);
      tf.dispose([x, ...maps.values()]);
      network.variables.dispose();
    },
  );

  it('a training step of U-Net on ResNet-18 cut at B2 has the gradients of torch', () => {
    const size = { height: 64, width: 64 };
    const network = networkOf(engine, 'unet_resnet18', UNET_CUTS[1], size);
    const x = images(2, size);
    const noise = tf.tensor4d(Float32Array.from(formulaValues('noise', 2 * 64 * 64)), [2, 64, 64, 1]);
    const gradients = trainingPass(network, x, {
      random: () => 0.5,
      momentum: 0.9,
      lossGradient: (logits) => {
        const [loss = 0] = tf.tidy(() => tf.mean(tf.mul(logits, noise)).dataSync<'float32'>());
        expect(Math.abs(loss / golden.step.loss - 1)).toBeLessThan(1e-3);
        return tf.div(noise, noise.size);
      },
    });
    for (const expected of golden.step.gradients) {
      // Where rounding turns a ReLU over, a gradient before it has one place more or less in its sum of some thousand, and
      // before many ReLUs several: torch in single precision is as far from this, and each engine from the other.
      const smooth = ['decoder.blocks.4.conv2.0', 'segmentation_head.0'].includes(expected.node);
      expectDescribed(gradients.get(`${expected.node}/kernel`)!, expected, smooth ? golden.tolerance : 0.03);
    }
    tf.dispose([x, noise, ...gradients.values()]);
    network.variables.dispose();
  });
});
