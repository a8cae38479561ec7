import type { Padding, Pair } from './graph.ts';

export interface ExplicitPadding {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** Torchvision's padding: as many rows above as below, as many columns left as right. */
export function symmetric(rows: number, columns = rows): ExplicitPadding {
  return { top: rows, bottom: rows, left: columns, right: columns };
}

/**
 * The rows and columns that a padding rule adds around an image of this size.
 * `same` is TensorFlow's: as many as make ceil(size / stride) outputs, the odd one at the bottom and right.
 */
export function explicitPadding(padding: Padding, size: Pair, kernel: Pair, stride: Pair): ExplicitPadding {
  if (padding === 'valid') return { top: 0, bottom: 0, left: 0, right: 0 };
  if (padding !== 'same') return padding;
  const [vertical, horizontal] = ([0, 1] as const).map((axis) =>
    Math.max(0, (Math.ceil(size[axis] / stride[axis]) - 1) * stride[axis] + kernel[axis] - size[axis]),
  ) as [number, number];
  const top = Math.floor(vertical / 2);
  const left = Math.floor(horizontal / 2);
  return { top, bottom: vertical - top, left, right: horizontal - left };
}

/** Height and width after a sliding window; below 1 where the window does not fit once. */
export function windowOutput(padding: Padding, size: Pair, kernel: Pair, stride: Pair): Pair {
  const { top, bottom, left, right } = explicitPadding(padding, size, kernel, stride);
  return [
    Math.floor((size[0] + top + bottom - kernel[0]) / stride[0]) + 1,
    Math.floor((size[1] + left + right - kernel[1]) / stride[1]) + 1,
  ];
}
