import type { Model } from '../../../backbone/model.ts';
import { KERAS_VERSION } from './archive.ts';
import { decodeH5, encodeH5, type H5Group } from './h5.ts';
import type { KerasModel } from './layer.ts';
import { fromLegacyConfig, legacyConfig, type LegacyConfig } from './layersJson.ts';
import { kerasModel } from './model.ts';
import { inKerasOrder } from './order.ts';

const WEIGHTS = 'model_weights';

/**
 * The model as one HDF5 file in Keras's older layout, with description and weights: `load_model` of Keras 2 and 3 opens
 * it, and `load_weights` takes its weights. RGB values 0 to 255, float32 [N, height, width, 3], to probabilities
 * [N, classes]. Cutpoint's metadata are an attribute of its root.
 * @throws CutpointError INPUT_INVALID where no layer computes what the network does
 */
export function encodeKerasH5(model: Model, metadata: Record<string, string>): Promise<Uint8Array> {
  const layers = kerasModel(model);
  const named = inKerasOrder(layers).filter(({ variables }) => variables.length > 0);
  const versions = { keras_version: KERAS_VERSION, backend: 'tensorflow' };
  const config = JSON.stringify(legacyConfig(model.graph.name, layers));
  return encodeH5([
    { path: '', attributes: { ...versions, model_config: config, cutpoint: JSON.stringify(metadata) }, datasets: {} },
    { path: WEIGHTS, attributes: { ...versions, layer_names: named.map(({ name }) => name) }, datasets: {} },
    ...named.flatMap(({ name, variables }): H5Group[] => {
      const names = variables.map(([variable]) => `${name}/${variable}`);
      return [
        { path: `${WEIGHTS}/${name}`, attributes: { weight_names: names }, datasets: {} },
        { path: `${WEIGHTS}/${name}/${name}`, attributes: {}, datasets: Object.fromEntries(variables) },
      ];
    }),
  ]);
}

/** What a file that `encodeKerasH5` made holds; rejects for anything else. */
export async function decodeKerasH5(bytes: Uint8Array): Promise<KerasModel> {
  const groups = new Map((await decodeH5(bytes)).map((group) => [group.path, group]));
  const { attributes } = groups.get('')!;
  const layers = fromLegacyConfig(JSON.parse(attributes.model_config as string) as LegacyConfig);
  return {
    metadata: JSON.parse(attributes.cutpoint as string) as Record<string, string>,
    layers: layers.map((layer) => ({
      ...layer,
      variables: Object.entries(groups.get(`${WEIGHTS}/${layer.name}/${layer.name}`)?.datasets ?? {}),
    })),
  };
}
