/** Millimetres, or pixels, from one row to the next and from one column to the next. */
export type PixelSpacing = readonly [row: number, column: number];

/**
 * Squared Euclidean distance of each pixel to the nearest one that is set, exact, in the unit of the spacing; Infinity where
 * none is set. In linear time: along each column by counting, then along each row by the lower envelope of parabolas
 * (Felzenszwalb and Huttenlocher 2012, Theory of Computing 8, section 3).
 * @param set width × height, row after row, 1 where a pixel is set
 */
export function squaredDistances(set: Uint8Array, width: number, [row, column]: PixelSpacing): Float64Array {
  const squares = alongColumns(set, width, row);
  const height = set.length / width;
  const line = new Float64Array(width);
  /** Columns of the parabolas of the envelope, and from where on each of them is the lowest. */
  const at = new Int32Array(width);
  const from = new Float64Array(width);
  const unit = column * column;
  for (let y = 0; y < height; y++) {
    const own = squares.subarray(y * width, (y + 1) * width);
    line.set(own);
    let last = -1;
    for (let x = 0; x < width; x++) {
      if (line[x] === Infinity) continue;
      let start = -Infinity;
      while (last >= 0) {
        start = meeting(line, at[last]!, x, unit);
        if (start > from[last]!) break;
        last--;
        start = -Infinity;
      }
      last++;
      at[last] = x;
      from[last] = start;
    }
    if (last < 0) continue;
    for (let x = 0, k = 0; x < width; x++) {
      while (k < last && from[k + 1]! <= x) k++;
      own[x] = line[at[k]!]! + unit * (x - at[k]!) ** 2;
    }
  }
  return squares;
}

/** Where the parabola of column `b` gets below that of column `a`, which lies left of it. */
const meeting = (line: Float64Array, a: number, b: number, unit: number): number =>
  (line[b]! - line[a]! + unit * (b * b - a * a)) / (2 * unit * (b - a));

/** Squared distance to the nearest pixel that is set in the same column. */
function alongColumns(set: Uint8Array, width: number, row: number): Float64Array {
  const rows = new Float64Array(set.length);
  for (let at = 0; at < set.length; at++) rows[at] = set[at] ? 0 : at < width ? Infinity : rows[at - width]! + 1;
  for (let at = set.length - width - 1; at >= 0; at--) rows[at] = Math.min(rows[at]!, rows[at + width]! + 1);
  for (let at = 0; at < set.length; at++) rows[at] = (rows[at]! * row) ** 2;
  return rows;
}
