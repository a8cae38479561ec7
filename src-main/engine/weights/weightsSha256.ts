import { createHash } from 'node:crypto';
import type { Weights } from '../../backbone/model.ts';

/** SHA-256 of the values of all tensors as little-endian float32, one tensor after another in the order of their keys. */
export function weightsSha256(weights: Weights): string {
  const hash = createHash('sha256');
  for (const key of [...weights.keys()].sort()) {
    const { data } = weights.get(key)!;
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}
