import { between, betweenLog, pick, step, type Frame, type Plane, type Random } from './frame.ts';

interface Place {
  x: number;
  y: number;
  radius: number;
  turn: number;
  level: number;
}

/** Harmonics of a radial contour. */
const HARMONICS = 9;

/**
 * Radial contours (after Kataoka et al. 2022, RCDB): a closed line r(θ) = R (1 + Σ a_k cos(kθ + φ_k)), filled or as
 * concentric rings, one large or many small.
 */
export function contourFormula(random: Random) {
  const waves = Array.from({ length: HARMONICS }, (_, index) => ({
    height: (random() < 0.4 ? between(random, 0.1, 0.45) : 0) / Math.sqrt(index + 1),
    phase: between(random, 0, 2 * Math.PI),
  }));
  const kind = pick(random, ['filled', 'rings', 'line', 'line'] as const);
  const rings = between(random, 2, 6);
  const copies = pick(random, [1, 1, 2, 5, 12]);
  const stretch = betweenLog(random, 1, 2.2);
  const overlap = pick(random, ['above', 'brightest'] as const);

  return (frame: Frame, draw: Random): Plane => {
    const { size, zoom } = frame;
    const values = new Float32Array(size * size);
    const contour = waves.map(({ height, phase }) => ({
      height: height * between(draw, 0.7, 1.3),
      phase: phase + between(draw, -0.2, 0.2),
    }));
    for (let copy = 0; copy < copies; copy++) {
      const place: Place = {
        x: (0.5 + (copies === 1 ? between(draw, -0.15, 0.15) : between(draw, -0.5, 0.5))) * size,
        y: (0.5 + (copies === 1 ? between(draw, -0.15, 0.15) : between(draw, -0.5, 0.5))) * size,
        radius: (size * between(draw, 0.26, 0.36)) / Math.sqrt(copies) / zoom,
        turn: between(draw, 0, 2 * Math.PI),
        level: copies === 1 ? 1 : between(draw, 0.5, 1),
      };
      addContour({ size, values }, place);
    }
    return { size, values };

    function addContour(plane: Plane, { x, y, radius, turn, level }: Place): void {
      const reach = radius * 2;
      const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
      for (let py = Math.max(0, Math.floor(y - reach)); py < Math.min(size, y + reach); py++) {
        for (let px = Math.max(0, Math.floor(x - reach)); px < Math.min(size, x + reach); px++) {
          const dx = (px - x) * cos - (py - y) * sin;
          const dy = ((px - x) * sin + (py - y) * cos) * stretch;
          const angle = Math.atan2(dy, dx);
          let edge = radius;
          contour.forEach(({ height, phase }, index) => {
            if (height !== 0) edge += radius * height * Math.cos((index + 1) * angle + phase);
          });
          const ratio = Math.sqrt(dx * dx + dy * dy) / Math.max(edge, radius * 0.1);
          const inside = 1 - step(ratio, 1, 3 / radius);
          if (inside === 0) continue;
          const value = level * inside * shade(ratio, radius);
          const at = py * plane.size + px;
          plane.values[at] =
            overlap === 'above' ? plane.values[at]! * (1 - inside) + value : Math.max(plane.values[at]!, value);
        }
      }
    }

    function shade(ratio: number, radius: number): number {
      if (kind === 'filled') return 1;
      if (kind === 'line') return step(ratio, 0.85, 3 / radius);
      return step(Math.cos(2 * Math.PI * ratio * rings), 0, 0.8);
    }
  };
}
