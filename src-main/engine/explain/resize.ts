/** An image of one value per pixel: height × width, row after row. */
export interface Field {
  height: number;
  width: number;
  values: Float32Array;
}

/** Of one axis: for each target the two sources and the share of the second. */
interface Steps {
  low: Int32Array;
  high: Int32Array;
  share: Float32Array;
}

/** Sources at positions counted in pixel centres (0 is the centre of the first); beyond the ends the outermost count. */
function stepsAt(positions: Float64Array, length: number): Steps {
  const low = new Int32Array(positions.length);
  const high = new Int32Array(positions.length);
  const share = new Float32Array(positions.length);
  positions.forEach((position, i) => {
    const inside = Math.min(Math.max(position, 0), length - 1);
    low[i] = Math.floor(inside);
    high[i] = Math.min(low[i]! + 1, length - 1);
    share[i] = inside - low[i]!;
  });
  return { low, high, share };
}

/** Bilinear values of a field at rows × columns of positions, counted in pixel centres. */
export function sample({ height, width, values }: Field, rows: Float64Array, columns: Float64Array): Field {
  const vertical = stepsAt(rows, height);
  const horizontal = stepsAt(columns, width);
  const result = new Float32Array(rows.length * columns.length);
  for (let y = 0; y < rows.length; y++) {
    const [top, bottom, down] = [vertical.low[y]! * width, vertical.high[y]! * width, vertical.share[y]!];
    for (let x = 0; x < columns.length; x++) {
      const [left, right, across] = [horizontal.low[x]!, horizontal.high[x]!, horizontal.share[x]!];
      const above = values[top + left]! * (1 - across) + values[top + right]! * across;
      const below = values[bottom + left]! * (1 - across) + values[bottom + right]! * across;
      result[y * columns.length + x] = above * (1 - down) + below * down;
    }
  }
  return { height: rows.length, width: columns.length, values: result };
}

/** Bilinear with half-pixel centres, as PyTorch's `interpolate(mode='bilinear', align_corners=False)`. */
export function resizeBilinear(field: Field, height: number, width: number): Field {
  const centres = (from: number, to: number): Float64Array =>
    Float64Array.from({ length: to }, (_, i) => ((i + 0.5) * from) / to - 0.5);
  return sample(field, centres(field.height, height), centres(field.width, width));
}
