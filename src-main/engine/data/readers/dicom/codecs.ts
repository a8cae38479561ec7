import { type CodecName, decodeBy } from '../cornerstone.ts';
import { checkDimensions, corrupt, type Samples } from '../picture.ts';
import {
  type Codestream,
  isLossless,
  readJpeg2000Size,
  readJpegMarkers,
  requireEnd,
  withoutSign,
} from './codestream.ts';
import type { PixelLayout } from './layout.ts';
import { interleave, maskAndSign, typed } from './native.ts';
import { decodeRle } from './rle.ts';
import { unreadSyntax } from './syntaxes.ts';

export interface DecodedFrame {
  /** rows × columns × samplesPerPixel, interleaved. */
  samples: Samples;
  /** Whether samples are YBR or RGB, where the codestream says it; otherwise the header does. */
  colour: 'as stored' | 'rgb' | 'ybr';
  /** Depth of the codestream, where it is another than the header's Bits Stored. */
  precision?: number;
}

type Decode = (frame: Buffer, layout: PixelLayout) => Promise<DecodedFrame> | DecodedFrame;

const JPEG: [suffix: string, decode: Decode][] = ['50', '51', '53', '55', '57', '70'].map((s) => [s, decodeJpeg]);

/** Decoder of each compressed transfer syntax. */
const DECODERS = new Map<string, Decode>([
  ['1.2.840.10008.1.2.5', (frame, layout) => ({ samples: decodeRle(frame, layout), colour: 'as stored' })],
  ...[
    ...JPEG,
    ['80', decodeJpegLs] as const,
    ['81', decodeJpegLs] as const,
    ['90', decodeJpeg2000] as const,
    ['91', decodeJpeg2000] as const,
    ['201', decodeHtj2k] as const,
    ['202', decodeHtj2k] as const,
    ['203', decodeHtj2k] as const,
  ].map(([suffix, decode]): [string, Decode] => [`1.2.840.10008.1.2.4.${suffix}`, decode]),
]);

/** Throws IMAGE_UNSUPPORTED for a transfer syntax without a decoder. */
export function requireDecoder(transferSyntax: string): void {
  if (!DECODERS.has(transferSyntax)) throw unreadSyntax(transferSyntax);
}

/** Throws IMAGE_UNSUPPORTED for a transfer syntax without a decoder, IMAGE_CORRUPT for data that do not decode. */
export async function decodeFrame(frame: Buffer, layout: PixelLayout, transferSyntax: string): Promise<DecodedFrame> {
  requireDecoder(transferSyntax);
  return DECODERS.get(transferSyntax)!(frame, layout);
}

/** A codec's output must have the header's geometry: a codestream of other size is damage, not an image. */
function checkGeometry(stream: Codestream, layout: PixelLayout): void {
  if (stream.width !== layout.columns || stream.height !== layout.rows || stream.components !== layout.samplesPerPixel)
    throw corrupt('its compressed image and its header disagree about the size');
}

/** The codec's bytes as samples of the header's type, sign-extended from `precision` bits. */
function samplesOf(raw: Uint8Array, layout: PixelLayout, precision: number): Samples {
  const count = layout.rows * layout.columns * layout.samplesPerPixel;
  const bytesPerSample = raw.byteLength / count;
  if (bytesPerSample !== 1 && bytesPerSample !== 2 && bytesPerSample !== 4)
    throw corrupt('its compressed image decodes to an unexpected size');
  const bitsAllocated = bytesPerSample * 8;
  // A copy: the codec's memory is reused for the next frame.
  const samples = typed(Buffer.from(new Uint8Array(raw).buffer as ArrayBuffer), { ...layout, bitsAllocated });
  return maskAndSign(samples, { ...layout, bitsAllocated, bitsStored: Math.min(precision, bitsAllocated) });
}

/** What a codestream of the JPEG family says of colours: identifiers of RGB, or the marker of a format. */
function colourOf({ rgb, colour, components }: Codestream): DecodedFrame['colour'] {
  if (components !== 3) return 'as stored';
  if (rgb || colour === 0) return 'rgb';
  return colour === 'JFIF' || colour === 1 ? 'ybr' : 'as stored';
}

/** JPEG baseline, extended and lossless. The library's instance is unusable after an error and is made anew. */
async function decodeJpeg(frame: Buffer, layout: PixelLayout): Promise<DecodedFrame> {
  const stream = readJpegMarkers(frame);
  checkGeometry(stream, layout);
  const { Context, NativeCodecs } = (await import('dcmjs-codecs')).default;
  if (!NativeCodecs.isInitialized()) await NativeCodecs.initializeAsync();
  let raw: Uint8Array | undefined;
  try {
    const context = new Context({
      width: layout.columns,
      height: layout.rows,
      bitsAllocated: stream.precision > 8 ? 16 : 8,
      bitsStored: stream.precision,
      samplesPerPixel: layout.samplesPerPixel,
      pixelRepresentation: layout.signed ? 1 : 0,
      planarConfiguration: 0,
      photometricInterpretation: layout.photometric,
      encodedBuffer: frame,
    });
    raw = NativeCodecs.decodeJpeg(context, { convertColorspaceToRgb: false }).getDecodedBuffer();
  } catch (cause) {
    NativeCodecs.release();
    throw corrupt('its JPEG data cannot be decoded', cause);
  }
  if (!raw) throw corrupt('its JPEG data cannot be decoded');
  const colour = colourOf(stream);
  // Lossy JPEG is YCbCr unless something says otherwise; labels of other codecs say nothing of it.
  const foreign = !isLossless(stream.process) && stream.components === 3 && !/^(RGB|YBR_FULL)/.test(layout.photometric);
  return {
    samples: samplesOf(raw, layout, stream.precision),
    colour: colour === 'as stored' && foreign ? 'ybr' : colour,
    precision: stream.precision,
  };
}

async function decodeJpegLs(frame: Buffer, layout: PixelLayout): Promise<DecodedFrame> {
  requireEnd(frame);
  const stream = readJpegMarkers(frame);
  checkGeometry(stream, layout);
  const samples = samplesOf(await decodeBy('JPEG-LS', frame), layout, stream.precision);
  const planar = layout.samplesPerPixel === 3 && stream.scanComponents === 1;
  return {
    samples: planar ? interleave(samples, layout.rows * layout.columns) : samples,
    colour: colourOf(stream),
    precision: stream.precision,
  };
}

async function decodeJpeg2000(frame: Buffer, layout: PixelLayout): Promise<DecodedFrame> {
  return decodeWavelets('JPEG 2000', frame, layout);
}

async function decodeHtj2k(frame: Buffer, layout: PixelLayout): Promise<DecodedFrame> {
  return decodeWavelets('HTJ2K', frame, layout);
}

async function decodeWavelets(codec: CodecName, frame: Buffer, layout: PixelLayout): Promise<DecodedFrame> {
  const stream = readJpeg2000Size(frame);
  checkGeometry(stream, layout);
  // These decoders hold whole numbers of 32 bits for each sample, and more while they work.
  checkDimensions(stream.width, stream.height, stream.components * 2);
  const { precision, signed, transformed } = stream;
  const raw = await decodeBy(codec, signed ? withoutSign(frame) : frame);
  const samples = signed ? signedSamples(raw, layout, precision) : samplesOf(raw, layout, precision);
  return { samples, colour: transformed ? 'rgb' : 'as stored', precision };
}

/** Samples that were decoded without their sign, put back around zero; then read as the header says, as pydicom does. */
function signedSamples(raw: Uint8Array, layout: PixelLayout, precision: number): Samples {
  const unsigned = samplesOf(raw, { ...layout, signed: false }, precision);
  const half = 2 ** (precision - 1);
  const Type =
    unsigned.BYTES_PER_ELEMENT === 1 ? Int8Array : unsigned.BYTES_PER_ELEMENT === 2 ? Int16Array : Int32Array;
  const samples = new Type(unsigned.length);
  for (let index = 0; index < samples.length; index++) samples[index] = unsigned[index]! - half;
  return layout.signed ? samples : samplesOf(new Uint8Array(samples.buffer), layout, precision);
}
