import sharp from 'sharp';

/** The samples of an image as libvips decodes them, read as the other images are. */
export const byLibvips = (bytes: Buffer, channels: number): Promise<Buffer> =>
  sharp(bytes, { failOn: 'error' })
    .autoOrient()
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw()
    .toBuffer();
