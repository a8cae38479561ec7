import { decodeBy } from './cornerstone.ts';
import { type JpegStream, readJpegMarkers } from './dicom/codestream.ts';
import { MOST_PLAIN_SAMPLES, type OpenedImage } from './picture.ts';

/**
 * Tables, a frame of baseline or progressive coding, its scan, JFIF and comments. What may hold an orientation, a profile or
 * other colours is left to the decoder that knows all of the format.
 */
const PLAIN = new Set([0xdb, 0xc4, 0xdd, 0xc0, 0xc2, 0xda, 0xe0, 0xfe]);
const END = 0xffd9;

/**
 * Decodes small JPEG files of the plainest kind, grey or YCbCr, by libjpeg-turbo alone: of 224 × 224 pixels
 * libvips takes two to eight times as long, most of it before the first one. Undefined for every other file, and for one
 * that cannot be decoded: what is wrong with it is told by libvips. Equal to it sample for sample where nothing is damaged.
 */
export async function openPlainJpeg(bytes: Buffer): Promise<OpenedImage | undefined> {
  const stream = plainStream(bytes);
  if (!stream) return undefined;
  const { width, height, components: channels } = stream;
  const samples = await decodeBy('JPEG', bytes).catch(() => undefined);
  if (samples?.length !== width * height * channels) return undefined;
  return { frames: 1, picture: { width, height, channels, samples, display: 'bytes', notes: [] } };
}

/** Undefined but for a small image of the plain kind whose file goes on to its end. */
function plainStream(bytes: Buffer): (JpegStream & { components: 1 | 3 }) | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(bytes.length - 2) !== END) return undefined;
  let stream: JpegStream;
  try {
    stream = readJpegMarkers(bytes);
  } catch {
    return undefined;
  }
  const { width, height, components, precision, rgb, markers } = stream;
  if (precision !== 8 || !markers.every((marker) => PLAIN.has(marker))) return undefined;
  if (components !== 1 && (components !== 3 || rgb)) return undefined;
  const count = width * height * components;
  return count > 0 && count <= MOST_PLAIN_SAMPLES ? { ...stream, components } : undefined;
}
