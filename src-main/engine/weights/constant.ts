import { CutpointError } from '../../contract/errors.ts';
import type { Comparison } from './match.ts';

/** A kernel of one value is none that was learned; a smaller one may be so by chance. */
const SMALLEST = 4;

/**
 * The kernels of a file all of whose values are one number. What cannot be read is left to whoever reads it for use.
 */
export async function constantKernels({ fits }: Comparison): Promise<string[]> {
  const constant: string[] = [];
  for (const { wanted, stored, tensor } of fits) {
    if (wanted.parameter.role !== 'kernel') continue;
    const values = await tensor.read().catch((error: unknown) => {
      if (error instanceof CutpointError) return new Float32Array(0);
      throw error;
    });
    if (values.length >= SMALLEST && values.every((value) => value === values[0])) constant.push(stored);
  }
  return constant;
}
