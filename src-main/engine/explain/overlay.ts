import sharp from 'sharp';
import { overlayPixels } from '../../contract/overlay.ts';

/**
 * A map laid over its image, see `overlayPixels`.
 * @param image PNG of the picture
 * @param map PNG of the same size, grey with alpha, as `explain.map` gives it
 * @returns a PNG of the same size
 */
export async function overlay(image: Uint8Array, map: Uint8Array): Promise<Buffer> {
  const [{ data, info }, { data: values }] = await Promise.all([rgba(image), rgba(map)]);
  const { width, height } = info;
  return sharp(overlayPixels(data, values), { raw: { width, height, channels: 4 }, limitInputPixels: false })
    .removeAlpha()
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
