import { basename } from 'node:path';
import type { Shape } from '../../backbone/graph.ts';
import { CutpointError } from '../../contract/errors.ts';

/** A tensor in a file of weights; its values are read when asked for, and widened or narrowed to float32. */
export interface FileTensor {
  shape: Shape;
  /** @throws CutpointError WEIGHTS_CORRUPT, WEIGHTS_FORMAT_UNKNOWN (a number type that weights do not have) */
  read(): Promise<Float32Array>;
}

/** An open file of weights. Its header has been checked against the size of the file; nothing in it is executed. */
export interface WeightFile {
  format: string;
  path: string;
  /** By the names in the file. */
  tensors: ReadonlyMap<string, FileTensor>;
  metadata: Readonly<Record<string, string>>;
  /** Classes and functions that a pickle names beside its tensors: carried as data, never run. */
  objects?: readonly string[];
  close(): Promise<void>;
}

/** One file format. */
export interface WeightReader {
  format: string;
  /**
   * Whether a file with this path, size and first bytes claims to be of this format. `entries` are the names in its
   * directory where it is a zip archive, else none.
   */
  match(path: string, head: Buffer, bytes: number, entries: readonly string[]): boolean;
  /** @throws CutpointError WEIGHTS_CORRUPT, WEIGHTS_FORMAT_UNKNOWN */
  open(path: string): Promise<WeightFile>;
}

/**
 * The most bytes that a compressed file of this many bytes may hold. Numbers hardly compress; a file that claims more is
 * made to fill the memory.
 */
export function largestUnpacked(bytes: number): number {
  return 20 * bytes + 1_000_000;
}

/** The error for a file whose contents contradict themselves or its size. */
export function corrupt(path: string, why: string, cause?: unknown): CutpointError {
  return new CutpointError('WEIGHTS_CORRUPT', `The weights '${basename(path)}' are damaged: ${why}.`, {
    remedy: 'Copy or download the file again, and compare its checksum with the published one.',
    cause,
  });
}

export function unsupportedType(path: string, tensor: string, type: string): CutpointError {
  return new CutpointError(
    'WEIGHTS_FORMAT_UNKNOWN',
    `'${tensor}' in '${basename(path)}' is stored as ${type}, which Cutpoint does not read as weights.`,
    { remedy: 'Save the weights as 32-bit floating-point numbers, with torch.save or as safetensors.' },
  );
}
