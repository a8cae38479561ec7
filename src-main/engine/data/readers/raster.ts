import { libvips } from './libvips.ts';
import {
  checkDimensions,
  corrupt,
  type Note,
  type OpenedImage,
  type Reader,
  requireFrame,
  unsupported,
} from './picture.ts';
import { openPlainJpeg } from './plainJpeg.ts';
import { openPlainPng } from './plainPng.ts';
import { isSrgb } from './profile.ts';
import { readTiffTags, type TiffTags } from './tiffTags.ts';
import { unreadKind } from './unread.ts';

/** A thread that is ended cannot end native code: that has to stop by itself, soon after the thread's own limit. */
const DECODE_SECONDS = 60;

/** Formats that libvips (through sharp) decodes, told apart by their first bytes. */
export const rasterReaders: Reader[] = [
  {
    format: 'PNG',
    extensions: ['png'],
    match: (bytes) => bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')),
    open: async (bytes, frame) => (frame ? undefined : openPlainPng(bytes)) ?? (await openRaster(bytes, frame)),
  },
  {
    format: 'JPEG',
    extensions: ['jpg', 'jpeg', 'jpe', 'jfif'],
    match: (bytes) => bytes.length > 3 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff,
    open: async (bytes, frame) => (frame ? undefined : await openPlainJpeg(bytes)) ?? (await openRaster(bytes, frame)),
  },
  {
    format: 'TIFF',
    extensions: ['tif', 'tiff'],
    match: (bytes) => ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(bytes.toString('latin1', 0, 4)),
    open: openRaster,
  },
  {
    format: 'WebP',
    extensions: ['webp'],
    match: (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
    open: openRaster,
  },
];

/**
 * Decodes at full depth: 8-bit and 16-bit samples stay as they are, anything else becomes Float32. EXIF orientation is
 * applied, CMYK and embedded colour profiles are converted to sRGB, transparency is laid on black.
 */
async function openRaster(bytes: Buffer, page = 0): Promise<OpenedImage> {
  const sharp = await libvips();
  const header = await sharp(bytes, { failOn: 'error', limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw unreadKind(bytes) ?? corrupt('its header cannot be read', cause);
    });
  const tags = header.format === 'tiff' ? readTiffTags(bytes) : undefined;
  const wide = tags && wideSamples(tags);
  // The decoder would mix the lines of such channels.
  if (tags && tags.planar && tags.photometric <= 1 && tags.samplesPerPixel > 1)
    throw unsupported('The TIFF has several grey channels one after the other, which Cutpoint does not read.');
  checkDimensions(header.width, header.height, header.channels * (DEPTH_BYTES[header.depth] ?? 4));

  const frames = header.pages ?? 1;
  requireFrame(page, frames);
  // Only the first directory is read, and changed, for them.
  if (wide && page > 0)
    throw unsupported('Of a TIFF with signed or half-precision samples, only the first page is read.');

  const notes: Note[] = [];
  if (header.icc && !isSrgb(header.icc))
    notes.push({
      code: 'PROFILE',
      message: `Its colour profile was ${header.depth === 'uchar' ? '' : 'not '}applied.`,
    });
  if (frames > 1) notes.push({ code: 'PAGES', message: `The file has ${frames} pages; the first is used.` });

  const grey = header.space === 'b-w' || header.space === 'grey16';
  const deep = header.depth === 'ushort' || wide !== undefined;
  const bytesOnly = header.depth === 'uchar';
  // sharp drops the alpha channel of grey output, so a grey image with transparency is decoded as colour.
  const asGrey = grey && !header.hasAlpha;
  const space = deep ? (asGrey ? 'grey16' : 'rgb16') : asGrey || !bytesOnly ? header.space : 'srgb';
  // Of deeper images the decoder would apply the profile in its own way, to another colour space than sRGB.
  const source = wide ? tags.asUnsigned() : bytes;
  const { data, info } = await sharp(source, { failOn: 'error', limitInputPixels: false, ignoreIcc: !bytesOnly, page })
    .timeout({ seconds: DECODE_SECONDS })
    .autoOrient()
    .toColourspace(space)
    .raw({ depth: deep ? 'ushort' : bytesOnly ? 'uchar' : 'float' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw unreadKind(bytes) ?? corrupt('its pixels cannot be decoded', cause);
    });

  const values = wide ? wide(data) : deep ? as16(data) : bytesOnly ? data : asFloat(data);
  const extra = tags?.extraSamples ?? [];
  const transparency = header.hasAlpha && (extra.length === 0 || extra.some((kind) => kind === 1 || kind === 2));
  const picture = pickChannels(values, info.width, info.height, { stored: info.channels, grey, transparency });
  if (extra.length > (transparency ? 1 : 0) || header.channels > 4)
    notes.push({
      code: 'CHANNELS',
      message: `The image has ${header.channels} channels; those besides its colours are not used.`,
    });
  if (picture.transparent)
    notes.push({ code: 'ALPHA', message: 'The image has transparent parts; they are shown on black.' });
  const channels = grey ? 1 : 3;
  const declared = deep && !wide ? { declared: { black: 0, white: 65535 } } : {};
  return {
    frames,
    picture: {
      width: info.width,
      height: info.height,
      channels,
      samples: picture.samples,
      display: bytesOnly ? 'bytes' : { ...declared, prefersDeclared: deep && !wide && !grey, inverted: false },
      notes,
    },
  };
}

/** Bytes of a decoded value by the decoder's name for its type; what is not whole numbers becomes float. */
const DEPTH_BYTES: Readonly<Record<string, number>> = { uchar: 1, char: 4, ushort: 2 };

type Decoded = Uint8Array | Uint16Array | Int16Array | Float32Array;

/**
 * How samples of 16 bits are read that the decoder takes for others: it cuts off what is below zero, and takes halves of
 * floating point for whole numbers. Undefined for other samples.
 */
function wideSamples({ bitsPerSample, sampleFormat, predictor }: TiffTags): ((data: Buffer) => Decoded) | undefined {
  if (bitsPerSample !== 16 || (sampleFormat !== 2 && sampleFormat !== 3)) return undefined;
  if (sampleFormat === 2)
    return ({ buffer, byteOffset, byteLength }) => new Int16Array(buffer, byteOffset, byteLength / 2);
  if (predictor === 3)
    throw unsupported(
      'The TIFF has 16-bit floating-point samples stored as differences, which Cutpoint does not read.',
    );
  return ({ buffer, byteOffset, byteLength }) =>
    Float32Array.from(new Float16Array(buffer, byteOffset, byteLength / 2));
}

/** Brings 1 to 4 decoded channels to 1 or 3; an alpha channel (the last of 2 or 4) is laid on black. */
function pickChannels(
  data: Decoded,
  width: number,
  height: number,
  { stored, grey, transparency }: { stored: number; grey: boolean; transparency: boolean },
): { samples: Decoded; transparent: boolean } {
  const channels = grey ? 1 : 3;
  if (stored === channels) return { samples: data, transparent: false };
  const pixels = width * height;
  const alpha = transparency && (stored === 2 || stored === 4) ? stored - 1 : -1;
  const opaque = data instanceof Uint16Array ? 65535 : 255;
  // Not a Buffer, whose constructor means something else.
  const Type = data instanceof Uint8Array ? Uint8Array : (data.constructor as new (length: number) => Decoded);
  const samples = new Type(pixels * channels);
  let transparent = false;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const share = alpha < 0 ? 1 : data[pixel * stored + alpha]! / opaque;
    if (share < 1) transparent = true;
    for (let channel = 0; channel < channels; channel++) {
      const value = data[pixel * stored + Math.min(channel, stored - 1)]!;
      samples[pixel * channels + channel] = share < 1 ? Math.round(value * share) : value;
    }
  }
  return { samples, transparent };
}

function as16(data: Buffer): Uint16Array {
  return new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
}

function asFloat(data: Buffer): Float32Array {
  return new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4);
}
