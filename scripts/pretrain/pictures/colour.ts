import { bell, between, betweenLog, clamp, type Plane, type Random } from './frame.ts';
import { fractalNoise } from './noise.ts';

/** Hue in turns, saturation and lightness 0 to 1. */
interface Tone {
  hue: number;
  saturation: number;
  lightness: number;
}

export interface Palette {
  ground: Tone;
  figure: Tone;
}

/** Shares of the pictures that are grey, as far as they can be, and that have colours of their own. */
const GREY = 0.12;
const OWN_COLOURS = 0.08;

/** Two colours of clearly different lightness, or of different hue. */
export function drawPalette(random: Random): Palette {
  const tone = (): Tone => ({
    hue: random(),
    saturation: between(random, 0.15, 0.9),
    lightness: between(random, 0.12, 0.88),
  });
  for (;;) {
    const [ground, figure] = [tone(), tone()];
    const apart = Math.abs(ground.hue - figure.hue);
    if (Math.abs(ground.lightness - figure.lightness) > 0.3 || Math.min(apart, 1 - apart) > 0.25) {
      return { ground, figure };
    }
  }
}

/**
 * Colours a plane, 8-bit RGB. The palette belongs to the category and is kept only roughly: hues wander, some pictures
 * are grey, some have colours of their own, so that colour helps and never suffices, and is not forgotten either. On top come uneven ground,
 * uneven light, gamma, blur and noise, as cameras and scanners add them.
 */
export function colourise(plane: Plane, palette: Palette, random: Random, into: Uint8Array, offset: number): void {
  const { size } = plane;
  const values = random() < 0.3 ? blur(plane) : plane.values;
  const { ground, figure } = random() < OWN_COLOURS ? drawPalette(random) : palette;
  // Colours that differ only in hue are no picture in grey.
  const plain = Math.abs(ground.lightness - figure.lightness) > 0.25 && random() < GREY;
  const grey = plain ? 0 : between(random, 0.6, 1.2);
  const [low, high] = [vary(ground, grey, random), vary(figure, grey, random)];
  const uneven = {
    strength: random() < 0.5 ? 0 : between(random, 0.05, 0.35),
    frequency: betweenLog(random, 2, 10) / size,
    at: [between(random, 0, 64), between(random, 0, 64)] as const,
  };
  const light = { angle: between(random, 0, 2 * Math.PI), strength: between(random, 0, 0.35) };
  const [dx, dy] = [(Math.cos(light.angle) * light.strength) / size, (Math.sin(light.angle) * light.strength) / size];
  const gamma = betweenLog(random, 0.7, 1.4);
  const curve = Float64Array.from({ length: 256 }, (_, level) => (level / 255) ** gamma);
  const noise = random() < 0.5 ? 0 : between(random, 0.01, 0.07);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const index = y * size + x;
      const share = values[index]!;
      const rough =
        uneven.strength === 0
          ? 0
          : uneven.strength *
            fractalNoise(x * uneven.frequency + uneven.at[0], y * uneven.frequency + uneven.at[1], 3, 0.6);
      const gain = (1 + (x - size / 2) * dx + (y - size / 2) * dy) * (1 + rough);
      const grain = noise === 0 ? 0 : noise * bell(random);
      for (let channel = 0; channel < 3; channel++) {
        const colour = low[channel]! + (high[channel]! - low[channel]!) * share;
        const level = curve[Math.round(255 * clamp(colour * gain))]!;
        into[offset + index * 3 + channel] = Math.round(255 * clamp(level + grain));
      }
    }
  }
}

function vary({ hue, saturation, lightness }: Tone, grey: number, random: Random): [number, number, number] {
  return rgb({
    hue: hue + 0.06 * bell(random),
    saturation: clamp(saturation * grey),
    lightness: clamp(lightness + 0.06 * bell(random)),
  });
}

/** From hue, saturation and lightness to red, green and blue, 0 to 1. */
function rgb({ hue, saturation, lightness }: Tone): [number, number, number] {
  const chroma = saturation * Math.min(lightness, 1 - lightness);
  const channel = (n: number): number => {
    const turn = (((n + hue * 12) % 12) + 12) % 12;
    return lightness - chroma * Math.max(-1, Math.min(turn - 3, 9 - turn, 1));
  };
  return [channel(0), channel(8), channel(4)];
}

/** Mean over 3 × 3 pixels, fewer at the border. */
function blur({ size, values }: Plane): Float32Array {
  return values.map((_, index) => {
    const column = index % size;
    const row = Math.floor(index / size);
    let sum = 0;
    let count = 0;
    for (let y = Math.max(0, row - 1); y <= Math.min(size - 1, row + 1); y++) {
      for (let x = Math.max(0, column - 1); x <= Math.min(size - 1, column + 1); x++) {
        sum += values[y * size + x]!;
        count++;
      }
    }
    return sum / count;
  });
}
