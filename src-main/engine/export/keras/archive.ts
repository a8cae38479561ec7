import { strFromU8, unzipSync, zipSync } from 'fflate';
import type { Model } from '../../../backbone/model.ts';
import { decodeH5, encodeH5, type H5Group } from './h5.ts';
import { variableNames, type KerasLayer, type KerasModel } from './layer.ts';
import { fromKerasConfig, kerasConfig, type KerasConfig } from './layersJson.ts';
import { kerasModel } from './model.ts';
import { inKerasOrder } from './order.ts';

/** The format follows this version; its successors read it. */
export const KERAS_VERSION = '3.0.0';

const METADATA = 'metadata.json';
const CONFIG = 'config.json';
const WEIGHTS = 'model.weights.h5';

/** The first day that a zip archive can name: the same model gives the same bytes. */
const ZIP_DATE = new Date(1980, 0, 1);

/**
 * The model as an archive that `keras.models.load_model` opens: RGB values 0 to 255, float32 [N, height, width, 3], to
 * probabilities [N, classes]. Cutpoint's metadata stand in its `metadata.json`.
 * @throws CutpointError INPUT_INVALID where no layer computes what the network does
 */
export async function encodeKeras(model: Model, metadata: Record<string, string>): Promise<Uint8Array> {
  const layers = kerasModel(model);
  const files = {
    [METADATA]: json({ keras_version: KERAS_VERSION, cutpoint: metadata }),
    [CONFIG]: json(kerasConfig(model.graph.name, layers)),
    [WEIGHTS]: await encodeH5(variableGroups(layers)),
  };
  return zipSync(files, { level: 0, mtime: ZIP_DATE });
}

/** What an archive that `encodeKeras` made holds; rejects for anything else. */
export async function decodeKeras(bytes: Uint8Array): Promise<KerasModel> {
  const files = unzipSync(bytes);
  const groups = await decodeH5(files[WEIGHTS]!);
  const variables = new Map(groups.map(({ attributes, datasets }) => [attributes.name, datasets]));
  const layers = fromKerasConfig(JSON.parse(strFromU8(files[CONFIG]!)) as KerasConfig);
  return {
    metadata: readKerasMetadata(bytes),
    layers: layers.map((layer) => ({
      ...layer,
      variables: Object.entries(variables.get(layer.name) ?? {}).map(([number, value]) => {
        return [variableNames(layer)[Number(number)]!, value] as const;
      }),
    })),
  };
}

/** Cutpoint's metadata of an archive. */
export function readKerasMetadata(bytes: Uint8Array): Record<string, string> {
  const files = unzipSync(bytes, { filter: ({ name }) => name === METADATA });
  return (JSON.parse(strFromU8(files[METADATA]!)) as { cutpoint: Record<string, string> }).cutpoint;
}

/** The groups of the weights, which name layers by class and number, and variables by number. */
function variableGroups(layers: readonly KerasLayer[]): H5Group[] {
  const numbers = new Map<string, number>();
  return inKerasOrder(layers).flatMap(({ className, name, variables }) => {
    const kind = snakeCase(className);
    const number = numbers.get(kind) ?? 0;
    numbers.set(kind, number + 1);
    if (variables.length === 0) return [];
    return {
      path: `layers/${number === 0 ? kind : `${kind}_${number}`}/vars`,
      attributes: { name },
      datasets: Object.fromEntries(variables.map(([, value], index) => [String(index), value])),
    };
  });
}

/** As Keras writes class names: `DepthwiseConv2D` is `depthwise_conv2d`. */
function snakeCase(className: string): string {
  return className
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
