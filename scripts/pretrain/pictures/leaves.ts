import { between, betweenLog, pick, type Frame, type Plane, type Random } from './frame.ts';

/** Dead leaves (Lee, Mumford and Huang 2001): opaque discs or polygons of power-law sizes, each on top of those before. */
export function leafFormula(random: Random) {
  const corners = pick(random, [0, 0, 3, 4, 4, 6]);
  const smallest = betweenLog(random, 0.02, 0.12);
  const largest = smallest * betweenLog(random, 1.5, 6);
  const power = between(random, 1.5, 3.5);
  const elongation = random() < 0.5 ? 1 : betweenLog(random, 1.5, 6);
  const levels = pick(random, [2, 3, 8, 64]);
  const aligned = random() < 0.3;
  const rim = random() < 0.4 ? between(random, 0.6, 0.85) : 2;

  return ({ size, zoom, map }: Frame, draw: Random): Plane => {
    const values = new Float32Array(size * size).fill(0.5);
    const heading = Math.atan2(map[3], map[0]);
    const mean = (smallest + largest) / 2 / zoom;
    const count = Math.min(900, Math.ceil(2.2 / (mean * mean)));
    const [low, high] = [smallest ** (1 - power), largest ** (1 - power)];
    for (let leaf = 0; leaf < count; leaf++) {
      const radius = (size * (low + (high - low) * draw()) ** (1 / (1 - power))) / zoom;
      const turn = aligned ? heading : between(draw, 0, 2 * Math.PI);
      const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
      const [x, y] = [between(draw, 0, size), between(draw, 0, size)];
      const level = Math.floor(draw() * levels) / (levels - 1 || 1);
      for (let py = Math.max(0, Math.ceil(y - radius)); py <= Math.min(size - 1, y + radius); py++) {
        for (let px = Math.max(0, Math.ceil(x - radius)); px <= Math.min(size - 1, x + radius); px++) {
          const dx = (px - x) * cos - (py - y) * sin;
          const dy = ((px - x) * sin + (py - y) * cos) * elongation;
          const reach = distance(dx, dy, corners);
          if (reach <= radius) values[py * size + px] = reach > rim * radius ? 1 - level : Math.min(1, level);
        }
      }
    }
    return { size, values };
  };
}

/** Distance from the centre in the metric whose unit circle is a regular polygon; 0 corners: a circle. */
function distance(x: number, y: number, corners: number): number {
  const radius = Math.sqrt(x * x + y * y);
  if (corners === 0) return radius;
  const sector = (2 * Math.PI) / corners;
  const angle = Math.atan2(y, x);
  const within = angle - sector * Math.floor(angle / sector) - sector / 2;
  return (radius * Math.cos(within)) / Math.cos(sector / 2);
}
