import type { Model } from '../../../backbone/model.ts';
import { kerasModel } from '../keras/model.ts';
import type { KerasLayer } from '../keras/layer.ts';
import { legacyConfig, type LegacyConfig } from '../keras/layersJson.ts';

/** What browsers cache well, and TensorFlow.js's own converter writes. */
const SHARD_BYTES = 4 * 1024 * 1024;

/**
 * The model as a TensorFlow.js layers model: RGB values 0 to 255, float32 [N, height, width, 3], to probabilities
 * [N, classes].
 * @returns the files of the folder: `model.json` and the shards of weights
 * @throws CutpointError INPUT_INVALID where no layer computes what the network does
 */
export function encodeTfjs(model: Model, metadata: Record<string, string>): [name: string, bytes: Uint8Array][] {
  const { topology, specs, bytes } = describeLayers(model.graph.name, kerasModel(model));
  const shards = Array.from({ length: Math.ceil(bytes.byteLength / SHARD_BYTES) }, (_, index) =>
    bytes.subarray(index * SHARD_BYTES, (index + 1) * SHARD_BYTES),
  );
  const paths = shards.map((_, index) => `group1-shard${index + 1}of${shards.length}.bin`);
  const document = {
    format: 'layers-model',
    generatedBy: 'cutpoint',
    convertedBy: null,
    modelTopology: topology,
    weightsManifest: [{ paths, weights: specs }],
    userDefinedMetadata: metadata,
  };
  return [
    ['model.json', Buffer.from(JSON.stringify(document))],
    ...shards.map((shard, index) => [paths[index]!, shard] as [string, Uint8Array]),
  ];
}

/** Layers as TensorFlow.js takes them: their description, and the values of their variables one after another. */
export function describeLayers(
  name: string,
  layers: readonly KerasLayer[],
): {
  topology: LegacyConfig;
  specs: { name: string; shape: number[]; dtype: 'float32' }[];
  bytes: Buffer<ArrayBuffer>;
} {
  const weights = layers.flatMap((layer) =>
    layer.variables.map(([variable, value]) => ({ name: `${layer.name}/${variable}`, ...value })),
  );
  return {
    topology: legacyConfig(name, layers),
    specs: weights.map((weight) => ({ name: weight.name, shape: [...weight.shape], dtype: 'float32' })),
    bytes: Buffer.concat(weights.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength))),
  };
}
