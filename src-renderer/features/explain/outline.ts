/**
 * The edge of a mask as an SVG path: along the sides of pixels between inside and outside.
 * @param inside one byte a pixel, row after row; not 0 is inside
 */
export function outlineOf(inside: ArrayLike<number>, width: number, height: number): string {
  const at = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && inside[y * width + x] !== 0;
  const path: string[] = [];
  // Sides that lie on one line are one stroke.
  for (let y = 0; y <= height; y++)
    for (let x = 0; x < width; x++) {
      if (at(x, y) === at(x, y - 1)) continue;
      const from = x;
      while (x + 1 < width && at(x + 1, y) !== at(x + 1, y - 1)) x++;
      path.push(`M${from} ${y}H${x + 1}`);
    }
  for (let x = 0; x <= width; x++)
    for (let y = 0; y < height; y++) {
      if (at(x, y) === at(x - 1, y)) continue;
      const from = y;
      while (y + 1 < height && at(x, y + 1) !== at(x - 1, y + 1)) y++;
      path.push(`M${x} ${from}V${y + 1}`);
    }
  return path.join('');
}
