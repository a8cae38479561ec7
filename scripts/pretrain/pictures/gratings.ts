import { between, betweenLog, pick, plot, step, type Frame, type Plane, type Random } from './frame.ts';
import { perlin } from './noise.ts';

/** Stripes, zigzags, chequers, grids and hatchings: one or two gratings, straight or bent. */
export function gratingFormula(random: Random) {
  const frequency = betweenLog(random, 3, 16);
  const ratio = random() < 0.5 ? 1 : betweenLog(random, 0.5, 2);
  const duty = between(random, -0.6, 0.6);
  const sharpness = betweenLog(random, 0.15, 2);
  const wave = pick(random, ['sine', 'saw', 'zigzag'] as const);
  const second = pick(random, ['none', 'none', 'chequer', 'grid', 'dots', 'hatch'] as const);
  const angle = pick(random, [90, 90, 60, 35]) * (Math.PI / 180);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const bend = random() < 0.5 ? 0 : between(random, 0.1, 0.6);
  const bendFrequency = betweenLog(random, 1, 4);
  const amplitude = between(random, 0.5, 1.5);

  const one = (phase: number, along: number): number => {
    switch (wave) {
      case 'sine':
        return Math.sin(2 * Math.PI * phase);
      case 'saw':
        return 2 * (phase - Math.floor(phase)) - 1;
      case 'zigzag': {
        const shift = amplitude * Math.abs(2 * (along * 0.5 - Math.floor(along * 0.5)) - 1);
        return Math.sin(2 * Math.PI * (phase + shift));
      }
    }
  };
  return (frame: Frame): Plane =>
    plot(frame, (u, v) => {
      const shift = bend === 0 ? 0 : (bend * perlin(u * bendFrequency, v * bendFrequency)) / 2;
      const x = (u + shift) * frequency;
      const y = ((u + shift) * cos + (v + shift) * sin) * frequency * ratio;
      const first = one(x, v * frequency);
      if (second === 'none') return step(first, duty, sharpness);
      const other = one(y, v * frequency);
      if (second === 'chequer') return step(first * other, duty / 3, sharpness);
      if (second === 'grid') return step(Math.max(first, other), duty + 0.2, sharpness);
      if (second === 'dots') return step(first + other, duty + 0.4, sharpness);
      return (step(first, duty, sharpness) + step(other, duty, sharpness)) / 2;
    });
}
