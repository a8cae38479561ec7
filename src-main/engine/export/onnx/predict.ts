import { readFile } from 'node:fs/promises';
import onnxProto from 'onnx-proto';
import { env } from 'onnxruntime-node';
import type { ImageSize } from '../../../backbone/shapes.ts';
import { CutpointError } from '../../../contract/errors.ts';
import { exportMetadata, type ExportMetadata } from '../provenance.ts';
import { sealState } from '../seal.ts';
import { requireWhole } from '../whole.ts';
import { ONNX_OUTPUT } from './encode.ts';
import { ONNX_INPUT } from './network.ts';
import { openSession, type OnnxFailure } from './session.ts';

/** The seal is the value of the last entry of the metadata, which end the file. */
export const ONNX_BEHIND_SEAL = 0;

/** What runs ONNX files, with its version. */
export const ONNX_RUNTIME = `onnxruntime ${env.versions.node}`;

/** An exported ONNX file, ready to predict. */
export interface OnnxModel extends Pick<
  ExportMetadata,
  'classes' | 'outputs' | 'input' | 'fit' | 'greyScale' | 'calibration' | 'called' | 'threshold' | 'thresholds'
> {
  /** What runs it, with its version. */
  runtime: string;
  /** What is to be said of it. */
  warnings: string[];
  /**
   * @param images RGB pixels [n, height, width, 3]
   * @param size their size, where it is not the input size; for files exported with resizing in the graph
   * @returns probabilities [n, classes]
   */
  predict(images: Uint8Array, n: number, size?: ImageSize): Promise<Float32Array>;
  close(): Promise<void>;
}

/**
 * Opens an ONNX file that Cutpoint exported. What is run are the bytes that were checked, in a process of their own.
 * @param deadline milliseconds for opening it and for each run
 * @throws CutpointError FILE_NOT_READABLE, MODEL_DAMAGED, or MODEL_NOT_READABLE for anything but such a file
 */
export async function predictOnnx(path: string, deadline?: number): Promise<OnnxModel> {
  const { bytes, metadata, warning } = await readWholeOnnx(path);
  const { classes, outputs, input, fit, greyScale, calibration, called, threshold, thresholds } = metadata;
  requireStraight(path, bytes);
  const session = await openSession(bytes, deadline).catch((thrown: OnnxFailure) => {
    throw notReadable(path, thrown.reason === 'failed' ? 'its network is damaged' : thrown.message, thrown);
  });
  return {
    classes,
    outputs,
    input,
    fit,
    greyScale,
    calibration,
    called,
    threshold,
    thresholds,
    runtime: ONNX_RUNTIME,
    warnings: warning === null ? [] : [warning],
    predict: async (images, n, { height, width } = input) => {
      const shape = [n, height, width, 3];
      const output = await session.run(ONNX_INPUT, images, shape, ONNX_OUTPUT).catch((thrown: OnnxFailure) => {
        throw notReadable(path, thrown.message, thrown);
      });
      if (!output) throw notReadable(path, `it has no output '${ONNX_OUTPUT}'`);
      return output;
    },
    close: () => Promise.resolve(session.close()),
  };
}

/** Operations that decide how often others run; no network that Cutpoint exports has any. */
const CONTROL = new Set(['If', 'Loop', 'Scan', 'SequenceMap', 'SplitToSequence', 'Optional']);

/** @throws CutpointError MODEL_NOT_READABLE where a graph holds loops or branches, or functions, which may */
function requireStraight(path: string, bytes: Buffer): void {
  const { graph, functions } = onnxProto.onnx.ModelProto.decode(bytes) as {
    graph?: { node?: { opType?: string | null }[] | null } | null;
    functions?: unknown[];
  };
  const found = graph?.node?.find(({ opType }) => CONTROL.has(opType ?? ''))?.opType;
  if (found) throw notReadable(path, `its network holds an operation '${found}', which may run without end`);
  if ((functions?.length ?? 0) > 0) throw notReadable(path, 'it holds functions of its own');
}

/**
 * The bytes of an exported ONNX file, and what it says of itself.
 * @throws CutpointError FILE_NOT_READABLE, MODEL_DAMAGED, MODEL_NOT_READABLE
 */
export async function readWholeOnnx(path: string) {
  const bytes = await readModel(path);
  const metadata = metadataOf(path, bytes);
  const { weightsSha256 } = metadata;
  const warning = await requireWhole(path, sealState([bytes], { behind: ONNX_BEHIND_SEAL, weightsSha256 }));
  return { bytes, metadata, warning };
}

/**
 * What an exported ONNX file says of itself.
 * @throws CutpointError FILE_NOT_READABLE, MODEL_NOT_READABLE
 */
export async function readOnnxMetadata(path: string): Promise<ExportMetadata> {
  return metadataOf(path, await readModel(path));
}

function readModel(path: string): Promise<Buffer> {
  return readFile(path).catch((thrown: unknown) => {
    throw new CutpointError('FILE_NOT_READABLE', `The model file '${path}' cannot be read.`, {
      remedy: 'Check the path, and that you may read the file.',
      cause: thrown,
    });
  });
}

function metadataOf(path: string, bytes: Buffer): ExportMetadata {
  let metadata: Record<string, unknown>;
  try {
    const { metadataProps } = onnxProto.onnx.ModelProto.decode(bytes);
    metadata = Object.fromEntries<unknown>(metadataProps.map(({ key, value }) => [String(key), value]));
  } catch (thrown) {
    throw notReadable(path, 'it is not an ONNX file, or it is damaged', thrown);
  }
  if (metadata.producer !== 'cutpoint') {
    throw notReadable(path, 'it does not say which classes it distinguishes and how images must be prepared for it');
  }
  try {
    return exportMetadata.parse(metadata);
  } catch (thrown) {
    throw notReadable(path, 'its description of classes and images is damaged', thrown);
  }
}

function notReadable(path: string, reason: string, cause?: unknown): CutpointError {
  return new CutpointError('MODEL_NOT_READABLE', `'${path}' cannot be used as a model: ${reason}.`, {
    remedy: 'Choose a run of this workspace, or an ONNX file that Cutpoint exported.',
    cause,
  });
}
