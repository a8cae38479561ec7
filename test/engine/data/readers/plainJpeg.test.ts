import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { openPlainJpeg } from '../../../../src-main/engine/data/readers/plainJpeg.ts';
import { generator } from '../../../../src-main/engine/random.ts';
import { byLibvips } from '../../../support/byLibvips.ts';

const random = generator('plain JPEG');

/** Blocks of noise over a ramp: something in every frequency. */
function image(width: number, height: number, channels: 1 | 3): Sharp {
  const samples = Uint8Array.from({ length: width * height * channels }, (_, at) =>
    Math.min(255, ((at / channels) % width) + Math.floor(random() * 96)),
  );
  const made = sharp(samples, { raw: { width, height, channels } });
  return channels === 1 ? made.toColourspace('b-w') : made;
}

const plain = async (bytes: Buffer): Promise<Buffer | undefined> => {
  const opened = await openPlainJpeg(bytes);
  return opened && Buffer.from(opened.picture.samples as Uint8Array);
};

describe('plain JPEG files, against libvips', () => {
  const sizes: [number, number][] = [[1, 1], [17, 9], [64, 48], [101, 67]]; // prettier-ignore
  const kinds = ([1, 3] as const).flatMap((channels) =>
    ['4:4:4', '4:2:0'].flatMap((chromaSubsampling) =>
      [false, true].map((progressive) => ({ channels, chromaSubsampling, progressive })),
    ),
  );
  it.each(kinds)(
    '$channels channels, $chromaSubsampling, progressive: $progressive',
    async ({ channels, ...options }) => {
      for (const [width, height] of sizes) {
        const bytes = await image(width, height, channels)
          .jpeg({ ...options, quality: 85 })
          .toBuffer();
        const found = await plain(bytes);
        expect(found).toBeDefined();
        expect(found!.equals(await byLibvips(bytes, channels))).toBe(true);
      }
    },
  );

  it('leaves what needs more than that to libvips', async () => {
    const others = {
      orientation: image(40, 24, 3)
        .withExif({ IFD0: { Orientation: '6' } })
        .jpeg(),
      profile: image(40, 24, 3).withIccProfile('p3').jpeg(),
      ink: image(40, 24, 3).toColourspace('cmyk').jpeg(),
      large: image(513, 512, 1).jpeg(),
    };
    for (const [name, made] of Object.entries(others))
      expect([name, await plain(await made.toBuffer())]).toEqual([name, undefined]);
  });

  it('leaves a file that ends early or has no image to libvips, and decodes the next one', async () => {
    const bytes = await image(48, 48, 3).jpeg().toBuffer();
    const whole = await byLibvips(bytes, 3);
    for (let end = 0; end < bytes.length; end += 7) expect(await plain(bytes.subarray(0, end))).toBeUndefined();
    const scan = bytes.indexOf(Buffer.from([0xff, 0xda]));
    expect(await plain(Buffer.concat([bytes.subarray(0, scan), Buffer.from([0xff, 0xd9])]))).toBeUndefined();
    expect((await plain(bytes))!.equals(whole)).toBe(true);
  });

  it('a damaged file is an image or none, and spoils no other', async () => {
    const bytes = await image(48, 48, 3).jpeg().toBuffer();
    const whole = await byLibvips(bytes, 3);
    for (let turn = 0; turn < 40; turn++) {
      const damaged = Buffer.from(bytes);
      for (let i = 0; i < 3; i++) damaged[2 + Math.floor(random() * (bytes.length - 4))] = Math.floor(random() * 256);
      const found = await openPlainJpeg(damaged);
      if (found) expect(found.picture.samples.length).toBe(found.picture.width * found.picture.height * found.picture.channels); // prettier-ignore
      expect((await plain(bytes))!.equals(whole)).toBe(true);
    }
  });
});
