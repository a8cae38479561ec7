import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { CutpointError } from '../../../contract/errors.ts';
import type { KerasLayer } from '../keras/layer.ts';
import { exportMetadata, type ExportMetadata } from '../provenance.ts';
import { sealState } from '../seal.ts';
import { requireWhole } from '../whole.ts';
import { describeLayers } from './encode.ts';

/** Of `model.json`: the seal is the last of the metadata, which end it. */
export const TFJS_BEHIND_SEAL = '"}}'.length;

/** A TensorFlow.js layers model, loaded on the engine in use. */
export interface TfjsModel {
  /** What runs it, with its version. */
  runtime: string;
  /**
   * @param images RGB pixels [n, height, width, 3]
   * @returns probabilities [n, classes]
   */
  predict(images: Uint8Array, n: number): Promise<Float32Array>;
  close(): void;
}

/** Opens a TensorFlow.js layers model from its folder, as a web page would from its address. */
export function predictTfjs(folder: string): Promise<TfjsModel> {
  return openLayers(async () => artifactsOf(await readParts(folder)));
}

/**
 * Opens the folder of a TensorFlow.js model that Cutpoint exported, with what it says of itself.
 * @throws CutpointError MODEL_DAMAGED, or MODEL_NOT_READABLE for anything else
 */
export async function openTfjs(folder: string): Promise<TfjsModel & ExportMetadata & { warnings: string[] }> {
  try {
    const { parts, metadata, warning } = await readWholeTfjs(folder);
    const warnings = warning === null ? [] : [warning];
    return { ...metadata, warnings, ...(await openLayers(() => artifactsOf(parts))) };
  } catch (cause) {
    if (cause instanceof CutpointError) throw cause;
    throw new CutpointError('MODEL_NOT_READABLE', `'${folder}' cannot be used as a model.`, {
      remedy: 'Choose a run of this workspace, or an ONNX file or TensorFlow.js folder that Cutpoint exported.',
      cause,
    });
  }
}

/** What is in the folder of an exported model, and what it says of itself. @throws CutpointError MODEL_DAMAGED; Error */
export async function readWholeTfjs(folder: string) {
  const parts = await readParts(folder);
  const metadata = exportMetadata.parse(parts.document.userDefinedMetadata);
  const { weightsSha256 } = metadata;
  const state = sealState([parts.text, ...parts.shards], { behind: TFJS_BEHIND_SEAL, weightsSha256 });
  return { parts, metadata, warning: await requireWhole(folder, state, parts.files) };
}

/** Runs layers that were read from a file of Keras, as TensorFlow.js layers. */
export function predictLayers(layers: readonly KerasLayer[]): Promise<TfjsModel> {
  const { topology, specs, bytes } = describeLayers('model', layers);
  return openLayers(async () => ({
    modelTopology: topology,
    weightSpecs: specs,
    weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
  }));
}

async function openLayers(load: () => Promise<tf.io.ModelArtifacts>): Promise<TfjsModel> {
  const model = await loadLayersModel({ load });
  const [, height, width] = model.inputs[0]!.shape as [null, number, number, 3];
  return {
    runtime: `TensorFlow.js ${tf.version_core} (${tf.getBackend()})`,
    predict: async (images, n) => {
      const output = tf.tidy(() => model.predict(tf.tensor4d(Float32Array.from(images), [n, height, width, 3])));
      try {
        return await (output as tf.Tensor).data<'float32'>();
      } finally {
        (output as tf.Tensor).dispose();
      }
    },
    close: () => void model.dispose(),
  };
}

/** `model.json` and, in the order of its manifest, the shards of weights. */
async function readParts(folder: string) {
  const file = join(folder, 'model.json');
  const text = await readFile(file);
  const document = JSON.parse(text.toString('utf8')) as tf.io.ModelJSON;
  const paths = document.weightsManifest.flatMap((group) => group.paths.map((name) => join(folder, name)));
  return { document, text, files: [file, ...paths], shards: await Promise.all(paths.map((path) => readFile(path))) };
}

function artifactsOf({ document, shards }: Awaited<ReturnType<typeof readParts>>): Promise<tf.io.ModelArtifacts> {
  return tf.io.getModelArtifactsForJSON(document, async (manifest) => {
    const bytes = Buffer.concat(shards);
    const data = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    return [manifest.flatMap(({ weights }) => weights), data];
  });
}
