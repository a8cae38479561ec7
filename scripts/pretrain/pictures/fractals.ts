import { between, betweenLog, clamp, type Frame, type Plane, type Random } from './frame.ts';

interface Affine {
  a: number;
  b: number;
  c: number;
  d: number;
  e: number;
  f: number;
  weight: number;
}

interface Attractor {
  maps: Affine[];
  centre: readonly [number, number];
  /** Standard deviation of its points about the centre. */
  radius: number;
}

/** Share of a coarse grid that an attractor must fill, as the filling rate of FractalDB. */
const FILLING = 0.2;
const GRID = 24;

/**
 * Attractors of iterated function systems (Kataoka et al. 2020, FractalDB): two to seven random affine maps, drawn by the
 * chaos game, as silhouettes or by density. Systems whose attractor is hardly more than a point are drawn again.
 */
export function fractalFormula(random: Random) {
  const attractor = drawAttractor(random);
  const dense = random() < 0.5;
  return ({ size, zoom, map }: Frame, draw: Random): Plane => {
    // Maps vary a little from picture to picture, as FractalDB varies their parameters.
    const maps = attractor.maps.map((each) => ({
      ...each,
      a: each.a * between(draw, 0.92, 1.08),
      b: each.b * between(draw, 0.92, 1.08),
      c: each.c * between(draw, 0.92, 1.08),
      d: each.d * between(draw, 0.92, 1.08),
    }));
    const counts = new Float32Array(size * size);
    const scale = (size * betweenLog(draw, 0.2, 0.34)) / attractor.radius / zoom;
    const norm = Math.hypot(map[0], map[1]);
    const [a, b, d, e] = [map[0] / norm, map[1] / norm, map[3] / norm, map[4] / norm];
    const shift = [size * between(draw, 0.38, 0.62), size * between(draw, 0.38, 0.62)] as const;
    const points = Math.round(size * size * 1.5);
    play(maps, points, draw, (x, y) => {
      const [dx, dy] = [(x - attractor.centre[0]) * scale, (y - attractor.centre[1]) * scale];
      const [column, row] = [Math.floor(shift[0] + a * dx + b * dy), Math.floor(shift[1] + d * dx + e * dy)];
      if (column >= 0 && row >= 0 && column < size && row < size) counts[row * size + column]!++;
    });
    const full = dense ? 8 : 1;
    return { size, values: counts.map((count) => clamp(Math.log1p(count) / Math.log1p(full))) };
  };
}

function drawAttractor(random: Random): Attractor {
  for (;;) {
    const count = 2 + Math.floor(random() * 6);
    const maps = Array.from({ length: count }, () => drawMap(random));
    const total = maps.reduce((sum, { weight }) => sum + weight, 0);
    for (const map of maps) map.weight /= total;
    const measured = measure(maps, random);
    if (measured) return { maps, ...measured };
  }
}

/** Coefficients uniform in [-1, 1], chosen again until the map contracts; weighted by its determinant. */
function drawMap(random: Random): Affine {
  for (;;) {
    const [a, b, c, d] = Array.from({ length: 4 }, () => between(random, -1, 1)) as [number, number, number, number];
    const [trace, determinant] = [a * a + b * b + c * c + d * d, a * d - b * c];
    const norm = Math.sqrt((trace + Math.sqrt(Math.max(0, trace ** 2 - 4 * determinant ** 2))) / 2);
    if (norm > 0.95) continue;
    return { a, b, c, d, e: between(random, -1, 1), f: between(random, -1, 1), weight: Math.abs(determinant) + 0.02 };
  }
}

function measure(maps: readonly Affine[], random: Random): Omit<Attractor, 'maps'> | null {
  const points: [number, number][] = [];
  play(maps, 3000, random, (x, y) => points.push([x, y]));
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const centre = [mean(0), mean(1)] as const;
  const squares = points.reduce((sum, [x, y]) => sum + (x - centre[0]) ** 2 + (y - centre[1]) ** 2, 0);
  const radius = Math.sqrt(squares / points.length);
  const filled = new Set(
    points.map(([x, y]) => {
      const column = Math.floor(((x - centre[0]) / radius / 3 + 0.5) * GRID);
      const row = Math.floor(((y - centre[1]) / radius / 3 + 0.5) * GRID);
      return row * GRID + column;
    }),
  );
  return filled.size >= FILLING * GRID * GRID ? { centre, radius } : null;
}

/** The chaos game (Barnsley 1988): one map after the other at random, from the origin. */
function play(maps: readonly Affine[], points: number, random: Random, visit: (x: number, y: number) => void): void {
  let x = 0;
  let y = 0;
  for (let point = -20; point < points; point++) {
    let left = random();
    let map = maps[0]!;
    for (const each of maps) {
      map = each;
      left -= each.weight;
      if (left < 0) break;
    }
    const across = map.a * x + map.b * y + map.e;
    y = map.c * x + map.d * y + map.f;
    x = across;
    if (point >= 0) visit(x, y);
  }
}
