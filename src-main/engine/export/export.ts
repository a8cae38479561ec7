import { createHash } from 'node:crypto';
import type { Model } from '../../backbone/model.ts';
import type { Decision } from '../../contract/decision.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { Dialect } from '../../backbone/zoo/index.ts';
import { exportOptions, type ExportFormat, type ExportOptions } from '../../contract/model.ts';
import { checkDestination, destinationOf } from './destination.ts';
import { formats, type Variant } from './formats.ts';
import { checkOptions } from './options.ts';
import { describe, type Provenance } from './provenance.ts';
import { stageFile, stageFolder, type Staged } from './staging.ts';
import type { Parity, Reference, WholeParity } from './verify.ts';

/** Largest difference of a probability between an exported file and the application. */
export const TOLERANCE = 1e-4;

export interface Exported {
  /** The file or folder as written; a file has been given its extension. */
  path: string;
  bytes: number;
  /** Of the file, or of all files of the folder one after another in the order `model.json`, shard 1, 2, … */
  sha256: string;
}

export interface ExportRequest {
  format: ExportFormat;
  out: string;
  /** By default float32, nothing merged, and images at the model's input size. */
  options?: ExportOptions;
  /** Whose names and layouts a file of weights follows; by default Keras's. */
  dialect?: Dialect;
  /** Training images at the model's input size; int8 needs some. */
  calibration?: readonly Uint8Array[];
  provenance: Provenance;
  /** By what the file is to decide; none: for the most probable class, or each label from one half on. */
  decisions?: readonly Decision[];
  /** Runs a file that resizes from images' own pixels on; held to the same tolerance. */
  wholePath?: (path: string) => Promise<WholeParity>;
}

/**
 * Writes a model in a format, runs what was written on the reference images, and only then puts it in its place. Of a
 * model that does not agree, or of a failed write, nothing remains; an earlier export of the same run is replaced,
 * anything else at the destination is left alone. In float32 it must agree in every decision; in fewer bits it must only
 * give numbers, and how far they are off is for the certificate.
 * @throws CutpointError INPUT_INVALID, EXPORT_MISMATCH, EXPORT_WRITE_FAILED, DISK_FULL
 */
export async function exportVerified(
  model: Model,
  {
    format,
    out,
    options = exportOptions.parse({}),
    dialect = 'keras',
    calibration,
    provenance,
    decisions = [],
    wholePath,
  }: ExportRequest,
  reference: Reference,
): Promise<Exported & { parity: Parity; whole: WholeParity | null }> {
  checkOptions(format, options);
  const path = destinationOf(format, out);
  await checkDestination(format, path, provenance.run);
  const metadata = describe(model, provenance, decisions);
  const variant = { model, metadata, options, fit: provenance.fit, dialect, calibration };
  const { staged, ...exported } = await write(format, path, variant);
  try {
    const parity = await formats[format].verify(staged.path, reference, variant);
    if (!isAccepted(parity, options)) throw mismatch(parity);
    const whole = wholePath ? await wholePath(staged.path) : null;
    if (whole && !isAccepted(whole, options)) throw mismatch(whole, ' at their own size');
    await staged.publish();
    return { path, ...exported, parity, whole };
  } catch (thrown) {
    await staged.discard();
    throw thrown;
  }
}

async function write(
  format: ExportFormat,
  path: string,
  variant: Variant,
): Promise<Omit<Exported, 'path'> & { staged: Staged }> {
  const encoded = await formats[format].encode(variant);
  const parts = encoded instanceof Uint8Array ? [encoded] : encoded.map(([, bytes]) => bytes);
  const hash = createHash('sha256');
  for (const bytes of parts) hash.update(bytes);
  return {
    staged: encoded instanceof Uint8Array ? await stageFile(path, encoded) : await stageFolder(path, encoded),
    bytes: parts.reduce((sum, bytes) => sum + bytes.byteLength, 0),
    sha256: hash.digest('hex'),
  };
}

/** Written so that NaN is refused. */
function isAccepted({ largestDifference, changedDecisions }: Parity, { precision }: ExportOptions): boolean {
  if (precision !== 'float32') return largestDifference <= 1;
  return largestDifference <= TOLERANCE && changedDecisions === 0;
}

function mismatch(parity: Parity, which = ''): CutpointError {
  return new CutpointError(
    'EXPORT_MISMATCH',
    `The exported model was not kept: on ${parity.images} images${which} its probabilities differ from Cutpoint's by up to ` +
      `${parity.largestDifference.toPrecision(2)} and ${parity.changedDecisions} decisions change; ${TOLERANCE} and ` +
      `none are accepted.`,
    {
      remedy: 'Export in another format, and report this with the log file of the workspace.',
      details: { ...parity },
    },
  );
}
