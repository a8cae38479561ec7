import { cutNodes } from '../../../src-main/backbone/cuts.ts';
import { withHead } from '../../../src-main/backbone/head.ts';
import { IMAGENET } from '../../../src-main/backbone/zoo/backbone.ts';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { exportVerified } from '../../../src-main/engine/export/export.ts';
import { kerasModel } from '../../../src-main/engine/export/keras/model.ts';
import { predictLayers } from '../../../src-main/engine/export/tfjs/predict.ts';
import { predictions } from './app.ts';
import { formulaImages, formulaWeights } from './formula.ts';
import { modelOf } from './networks.ts';

/** How near a network that was exported comes to what the application computes, in probabilities. */
export interface Agreement {
  largestDifference: number;
  changedDecisions: number;
  /** Near 1 it would hide a difference. */
  largestProbability: number;
}

/** Largest differences that are accepted: single precision, added up in another order. */
export const MOST = 2e-5;

const SIDE = 76;
const side = { height: SIDE, width: SIDE };

/** A network whole, and cut in the middle and flattened, where every feature has a weight of its own. */
export function casesOf(network: string): { network: string; cut: string; pooling: 'average' | 'flatten' }[] {
  const cuts = cutNodes(findBackbone(network).build());
  return [
    { network, cut: cuts.at(-1)!.name, pooling: 'average' },
    { network, cut: cuts[Math.floor(cuts.length / 2)]!.name, pooling: 'flatten' },
  ];
}

/** As ONNX, in onnxruntime. @param out where it is written */
export async function inOnnxruntime(network: ReturnType<typeof casesOf>[number], out: string): Promise<Agreement> {
  const model = modelOf({ ...network, ...side, classes: 3 });
  const images = formulaImages(2, model.input);
  const expected = await predictions('auto', model, images);
  const { parity } = await exportVerified(
    model,
    { format: 'onnx', out, provenance: { run: 'run-1', fit: 'letterbox' } },
    { images, expected },
  );
  return { ...parity, largestProbability: Math.max(...expected) };
}

/** As the layers of Keras and TensorFlow.js, whole. */
export async function inLayers(network: string): Promise<Agreement> {
  const graph = withHead(findBackbone(network).build(), { classes: 3, pooling: 'average', dropout: 0 });
  const weights = formulaWeights(graph, side);
  const model = { graph, weights, input: side, preprocessing: IMAGENET, classes: ['a', 'b', 'c'] };
  const [image] = formulaImages(1, side);
  const expected = await predictions('auto', model, [image!]);
  const layers = await predictLayers(kerasModel(model));
  const given = await layers.predict(image!, 1);
  layers.close();
  const best = (of: ArrayLike<number>) => [...Array.from(of)].indexOf(Math.max(...Array.from(of)));
  return {
    largestDifference: Math.max(...given.map((value, index) => Math.abs(value - expected[index]!))),
    changedDecisions: best(given) === best(expected) ? 0 : 1,
    largestProbability: Math.max(...expected),
  };
}
