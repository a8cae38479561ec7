import type { Padding, Pair } from '../../backbone/graph.ts';
import { explicitPadding } from '../../backbone/padding.ts';
import type { Window } from '../tensor/ops.ts';

/** A node's window on an input of shape [n, h, w, c], with its padding in pixels. */
export function windowOf(
  { kernel, stride, padding }: { kernel: Pair; stride: Pair; padding: Padding },
  [, height, width]: readonly number[],
): Window {
  return { kernel, stride, padding: explicitPadding(padding, [height!, width!], kernel, stride) };
}

/** Whether a padding is named in pixels, and there is some. */
export const isPadded = (padding: Padding): boolean =>
  typeof padding === 'object' && padding.top + padding.bottom + padding.left + padding.right > 0;
