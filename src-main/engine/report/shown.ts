import sharp, { type Sharp } from 'sharp';
import type { AppliedScale } from '../../contract/greyScale.ts';
import { readLevels } from '../cohort/pictures.ts';

/** An image within a report, as what stands behind `src`. */
export interface ShownImage {
  src: string;
  width: number;
  height: number;
}

/** Longest side of an image, in pixels: enough to see what is in it, at some ten thousand bytes. */
const SIDE = 200;
const QUALITY = 70;

/** Small images for a report, by their number. */
export class ShownImages {
  readonly list: ShownImage[] = [];

  /** @returns its number. Throws as `readImage` does */
  async addFile(path: string, scale: AppliedScale): Promise<number> {
    const { pixels, width, height, channels } = (await readLevels(path, scale)).levels;
    return this.add(sharp(pixels, { raw: { width, height, channels }, limitInputPixels: false }));
  }

  async addPng(png: Uint8Array): Promise<number> {
    return this.add(sharp(png, { limitInputPixels: false }));
  }

  private async add(image: Sharp): Promise<number> {
    const { data, info } = await image
      .resize({ width: SIDE, height: SIDE, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: QUALITY })
      .toBuffer({ resolveWithObject: true });
    const src = `data:image/webp;base64,${data.toString('base64')}`;
    return this.list.push({ src, width: info.width, height: info.height }) - 1;
  }
}
