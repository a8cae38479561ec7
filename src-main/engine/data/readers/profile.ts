import { libvips } from './libvips.ts';

/**
 * Whether an ICC profile is sRGB, by its description: then nothing has to be said about it. Linear sRGB and the like are
 * others.
 */
export function isSrgb(profile: Buffer): boolean {
  const text = profile.toString('latin1').replaceAll('\0', '');
  return text.includes('sRGB') && !/linear|[a-z]-sRGB|sRGB[ _-]*(?:D50|g10|elle-V\d-g10)/i.test(text);
}

/**
 * RGB levels of width × height under an ICC profile, as sRGB levels; perceptual intent. Throws what the decoder throws at a
 * profile that it cannot read.
 */
export async function profiledToSrgb(
  levels: Uint8Array,
  { width, height, profile }: { width: number; height: number; profile: Buffer },
): Promise<Uint8Array> {
  const sharp = await libvips();
  const { data } = await sharp(profiledTiff(levels, { width, height, profile }), { limitInputPixels: false })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return data;
}

const [SHORT, LONG, UNDEFINED] = [3, 4, 7];

/** The levels as a plain TIFF that names their profile: the way in for raw pixels with a profile. */
function profiledTiff(
  levels: Uint8Array,
  { width, height, profile }: { width: number; height: number; profile: Buffer },
): Buffer {
  const count = 10;
  const bitsAt = 8 + 2 + count * 12 + 4;
  const pixelsAt = bitsAt + 6;
  const profileAt = pixelsAt + levels.length;
  const head = Buffer.alloc(pixelsAt);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(count, 8);
  const entries: [tag: number, type: number, count: number, value: number][] = [
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    [258, SHORT, 3, bitsAt],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, 2],
    [273, LONG, 1, pixelsAt],
    [277, SHORT, 1, 3],
    [278, LONG, 1, height],
    [279, LONG, 1, levels.length],
    [34675, UNDEFINED, profile.length, profileAt],
  ];
  entries.forEach(([tag, type, values, value], index) => {
    const at = 10 + index * 12;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(values, at + 4);
    head.writeUInt32LE(value, at + 8);
  });
  for (let channel = 0; channel < 3; channel++) head.writeUInt16LE(8, bitsAt + channel * 2);
  return Buffer.concat([head, levels, profile]);
}
