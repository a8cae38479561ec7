import type { Shape } from '../../backbone/graph.ts';
import type { ErrorReply } from '../../contract/errors.ts';

/** What the thread is given: a file, or the contents of one that lies inside of an archive at that path. */
export interface H5Source {
  path: string;
  bytes?: Uint8Array<ArrayBuffer>;
}

export interface H5Tensor {
  /** Its path in the file. */
  name: string;
  shape: Shape;
  /** The name of the layer, where the file says it beside the tensor. */
  layer?: string;
}

/**
 * What the thread answers: first, unasked, signs of life and then the list of tensors; after that the values of each
 * tensor asked for by name.
 */
export type H5Answer =
  | { alive: true }
  | { tensors: H5Tensor[] }
  | { name: string; values: Float32Array }
  | { name?: string; error: ErrorReply };
