import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Model } from '../../backbone/model.ts';
import type { Dialect } from '../../backbone/zoo/index.ts';
import type { ExportFormat, ExportOptions } from '../../contract/model.ts';
import type { Fit } from '../../contract/plan.ts';
import { openSafetensors } from '../weights/safetensors.ts';
import { decodeKeras, encodeKeras, readKerasMetadata } from './keras/archive.ts';
import { decodeKerasH5, encodeKerasH5 } from './keras/hdf5.ts';
import { kerasModel } from './keras/model.ts';
import { encodeOnnx } from './onnx/encode.ts';
import { ONNX_BEHIND_SEAL, readOnnxMetadata } from './onnx/predict.ts';
import { seal, withSeal } from './seal.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors/encode.ts';
import { encodeTfjs } from './tfjs/encode.ts';
import { predictLayers, TFJS_BEHIND_SEAL } from './tfjs/predict.ts';
import { verifyOnnx, verifyPredictor, verifyTfjs, type Parity, type Reference } from './verify.ts';

/** What is written, and how. */
export interface Variant {
  model: Model;
  metadata: Record<string, string>;
  options: ExportOptions;
  fit: Fit;
  /** Whose names and layouts a file of weights follows. */
  dialect: Dialect;
  /** Training images that int8 is calibrated on: RGB pixels [height, width, 3] at the input size. */
  calibration?: readonly Uint8Array[];
}

/** A file, or the files of a folder by name. */
export type Encoded = Uint8Array | [name: string, bytes: Uint8Array][];

interface Format {
  title: string;
  /** @throws CutpointError INPUT_INVALID where the format cannot express the network */
  encode(variant: Variant): Encoded | Promise<Encoded>;
  /** Runs what was written on the reference images. */
  verify(path: string, reference: Reference, variant: Variant): Promise<Parity>;
  /** The run that an export at this path is of; rejects, or gives nothing, for anything else. */
  runOf(path: string): Promise<string | undefined>;
}

/** What tells whose a TensorFlow.js model is. */
const tfjsDocument = z.object({
  userDefinedMetadata: z.object({ producer: z.string().optional(), run: z.string().optional() }),
});

/** What Cutpoint writes. A new format is one folder and one entry. */
export const formats: Readonly<Record<ExportFormat, Format>> = {
  onnx: {
    title: 'ONNX file',
    encode: async ({ model, metadata, options, fit, calibration }) => {
      const bytes = await encodeOnnx(model, withSeal(metadata), { ...options, fit, calibration });
      seal([bytes], ONNX_BEHIND_SEAL);
      return bytes;
    },
    verify: verifyOnnx,
    runOf: async (path) => (await readOnnxMetadata(path)).run,
  },
  tfjs: {
    title: 'TensorFlow.js model',
    encode: ({ model, metadata }) => {
      const files = encodeTfjs(model, withSeal(metadata));
      const [document, ...shards] = files.map(([, bytes]) => bytes);
      seal([document!, ...shards], TFJS_BEHIND_SEAL);
      return files;
    },
    verify: verifyTfjs,
    runOf: async (folder) => {
      const names = await readdir(folder);
      if (!names.every((name) => name === 'model.json' || /^group1-shard\d+of\d+\.bin$/.test(name))) return undefined;
      const { userDefinedMetadata } = tfjsDocument.parse(
        JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')),
      );
      return userDefinedMetadata.producer === 'cutpoint' ? userDefinedMetadata.run : undefined;
    },
  },
  keras: {
    title: 'Keras archive',
    encode: ({ model, metadata }) => encodeKeras(model, metadata),
    verify: async (path, reference) => {
      const { layers } = await decodeKeras(await readFile(path));
      return verifyPredictor(await predictLayers(layers), reference);
    },
    runOf: async (path) => readKerasMetadata(await readFile(path)).run,
  },
  'keras-h5': {
    title: 'Keras HDF5 file',
    encode: ({ model, metadata }) => encodeKerasH5(model, metadata),
    verify: async (path, reference) => {
      const { layers } = await decodeKerasH5(await readFile(path));
      return verifyPredictor(await predictLayers(layers), reference);
    },
    runOf: async (path) => (await decodeKerasH5(await readFile(path))).metadata.run,
  },
  safetensors: {
    title: 'safetensors file',
    encode: ({ model, metadata, dialect }) => encodeSafetensors(model, metadata, dialect),
    verify: async (path, reference, { model, dialect }) => {
      const weights = await decodeSafetensors(path, model, dialect);
      return verifyPredictor(await predictLayers(kerasModel({ ...model, weights })), reference);
    },
    runOf: async (path) => {
      const file = await openSafetensors(path);
      await file.close();
      return file.metadata.producer === 'cutpoint' ? file.metadata.run : undefined;
    },
  },
};
