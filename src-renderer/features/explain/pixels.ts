/** More pixels are drawn smaller: a mammogram has twelve times as many, and each move of the opacity draws all of them. */
const MOST_PIXELS = 2 ** 20;

/**
 * The pixels of a PNG, four bytes each, in its own size or, of large ones, smaller by the same share in both directions.
 * Nothing is converted on the way: of an image that is not made smaller these are its own levels.
 * @throws what the browser throws where it cannot be decoded
 */
export async function pixelsOf(png: Uint8Array<ArrayBuffer>): Promise<ImageData> {
  const options = { colorSpaceConversion: 'none', premultiplyAlpha: 'none' } as const;
  let bitmap = await createImageBitmap(new Blob([png]), options);
  const share = Math.sqrt(MOST_PIXELS / (bitmap.width * bitmap.height));
  if (share < 1) {
    const resizeWidth = Math.round(bitmap.width * share);
    const whole = bitmap;
    bitmap = await createImageBitmap(whole, {
      ...options,
      resizeWidth,
      resizeHeight: Math.round(whole.height * share),
    });
    whole.close();
  }
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}
