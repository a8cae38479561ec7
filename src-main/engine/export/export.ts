import { createHash } from 'node:crypto';
import type { Model } from '../../backbone/model.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { ExportFormat } from '../../contract/model.ts';
import { checkDestination, destinationOf } from './destination.ts';
import { encodeOnnx } from './onnx/encode.ts';
import { describe, type Provenance } from './provenance.ts';
import { stageFile, stageFolder, type Staged } from './staging.ts';
import { encodeTfjs } from './tfjs/encode.ts';
import { verifyOnnx, verifyTfjs, type Parity, type Reference } from './verify.ts';

/** Largest difference of a probability between an exported file and the application. */
export const TOLERANCE = 1e-4;

export interface Exported {
  /** The file or folder as written; an ONNX file has been given its extension. */
  path: string;
  bytes: number;
  /** Of the file, or of all files of the folder one after another in the order `model.json`, shard 1, 2, … */
  sha256: string;
}

export interface ExportOptions {
  format: ExportFormat;
  out: string;
  provenance: Provenance;
}

/**
 * Writes a model as an ONNX file or a folder with a TensorFlow.js layers model, runs what was written on the reference
 * images, and only then puts it in its place. Of a model that does not agree, or of a failed write, nothing remains;
 * an earlier export of the same run is replaced, anything else at the destination is left alone.
 * @throws CutpointError EXPORT_MISMATCH, EXPORT_WRITE_FAILED, DISK_FULL
 */
export async function exportVerified(
  model: Model,
  { format, out, provenance }: ExportOptions,
  reference: Reference,
): Promise<Exported & { parity: Parity }> {
  const path = destinationOf(format, out);
  await checkDestination(format, path, provenance.run);
  const { staged, ...exported } = await write(model, { format, out: path, provenance });
  try {
    const parity = await (format === 'onnx' ? verifyOnnx : verifyTfjs)(staged.path, reference);
    // Written so that NaN is refused.
    if (!(parity.largestDifference <= TOLERANCE)) throw mismatch(parity);
    await staged.publish();
    return { path, ...exported, parity };
  } catch (thrown) {
    await staged.discard();
    throw thrown;
  }
}

async function write(
  model: Model,
  { format, out, provenance }: ExportOptions,
): Promise<Omit<Exported, 'path'> & { staged: Staged }> {
  const metadata = describe(model, provenance);
  const files: [name: string, bytes: Uint8Array][] =
    format === 'onnx' ? [[out, encodeOnnx(model, metadata)]] : encodeTfjs(model, metadata);
  const hash = createHash('sha256');
  for (const [, bytes] of files) hash.update(bytes);
  return {
    staged: format === 'onnx' ? await stageFile(out, files[0]![1]) : await stageFolder(out, files),
    bytes: files.reduce((sum, [, bytes]) => sum + bytes.byteLength, 0),
    sha256: hash.digest('hex'),
  };
}

function mismatch(parity: Parity): CutpointError {
  return new CutpointError(
    'EXPORT_MISMATCH',
    `The exported model was not kept: on ${parity.images} images its probabilities differ from Cutpoint's by up to ` +
      `${parity.largestDifference.toPrecision(2)}, and ${TOLERANCE} is the most that is accepted.`,
    {
      remedy: 'Export in the other format, and report this with the log file of the workspace.',
      details: { ...parity },
    },
  );
}
