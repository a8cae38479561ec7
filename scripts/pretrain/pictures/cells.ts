import { between, betweenLog, pick, plot, step, type Frame, type Plane, type Random } from './frame.ts';
import { lattice } from './noise.ts';

type Metric = 'round' | 'diamond' | 'square';

function distance(x: number, y: number, metric: Metric): number {
  if (metric === 'round') return Math.sqrt(x * x + y * y);
  if (metric === 'diamond') return (Math.abs(x) + Math.abs(y)) * 0.8;
  return Math.max(Math.abs(x), Math.abs(y));
}

/** Cells about scattered points (Worley 1996): tissue, cracks, mosaics, dots, bubbles with rims. */
export function cellFormula(random: Random) {
  const density = betweenLog(random, 3, 13);
  const jitter = between(random, 0.35, 1);
  const metric = pick<Metric>(random, ['round', 'round', 'diamond', 'square']);
  const kind = pick(random, ['hills', 'cracks', 'mosaic', 'dots', 'rims'] as const);
  const width = betweenLog(random, 0.06, 0.4);
  const radius = between(random, 0.2, 0.5);
  const spread = random() < 0.5 ? 0 : between(random, 0.2, 0.6);
  const stretch = random() < 0.6 ? 1 : betweenLog(random, 1.3, 3);
  return (frame: Frame): Plane =>
    plot(frame, (u, v) => {
      const [nearest, second, cell] = neighbours(u * density, (v * density) / stretch, jitter, metric);
      const own = radius * (1 - spread * (cell / 255));
      switch (kind) {
        case 'hills':
          return step(nearest, 0.45, 1.2 - width);
        case 'cracks':
          return step(second - nearest, width, width);
        case 'mosaic':
          return (0.25 + 0.75 * step(second - nearest, width / 3, width / 2)) * (cell / 255);
        case 'dots':
          return 1 - step(nearest, own, width);
        case 'rims':
          return 1 - step(Math.abs(nearest - own), width / 2, width / 2) * (nearest < own ? 0.7 : 1);
      }
    });
}

/** Distances to the nearest two points, and a byte that belongs to the nearest. */
function neighbours(x: number, y: number, jitter: number, metric: Metric): readonly [number, number, number] {
  const column = Math.floor(x);
  const row = Math.floor(y);
  let nearest = Infinity;
  let second = Infinity;
  let cell = 0;
  for (let j = row - 1; j <= row + 1; j++) {
    for (let i = column - 1; i <= column + 1; i++) {
      const h = lattice(i, j);
      const px = i + 0.5 + jitter * (lattice(h, i + 31) / 255 - 0.5);
      const py = j + 0.5 + jitter * (lattice(h + 89, j) / 255 - 0.5);
      const d = distance(x - px, y - py, metric);
      if (d < nearest) {
        second = nearest;
        nearest = d;
        cell = lattice(h + 7, h ^ 85);
      } else if (d < second) second = d;
    }
  }
  return [nearest, second, cell];
}
