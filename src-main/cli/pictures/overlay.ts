import sharp from 'sharp';
import { viridis } from './viridis.ts';

/** Opacity of the map where it is strongest; it falls to nothing where the map does, so that the image stays readable. */
const STRONGEST = 0.65;

const COLOURS = Array.from({ length: 256 }, (_, level) => viridis(level / 255));

/**
 * A map laid over its image in viridis (dark blue: little, yellow: most). What the network does not see is darkened.
 * @param image PNG of the picture
 * @param map PNG of the same size, grey with alpha, as `explain.map` gives it
 * @returns a PNG of the same size
 */
export async function overlay(image: Uint8Array, map: Uint8Array): Promise<Buffer> {
  const { data: levels, info } = await rgba(image);
  const { data: values } = await rgba(map);
  const { width, height } = info;
  const result = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const [value, seen] = [values[4 * i]!, values[4 * i + 3]! > 0];
    const opacity = seen ? STRONGEST * Math.sqrt(value / 255) : 0.5;
    const colour = seen ? COLOURS[value]! : [0, 0, 0];
    for (let channel = 0; channel < 3; channel++)
      result[3 * i + channel] = Math.round(levels[4 * i + channel]! * (1 - opacity) + colour[channel]! * opacity);
  }
  return sharp(result, { raw: { width, height, channels: 3 }, limitInputPixels: false })
    .png()
    .toBuffer();
}

/** Four bytes a pixel: sharp drops the alpha channel of grey output. */
function rgba(png: Uint8Array) {
  return sharp(png, { limitInputPixels: false })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
}
