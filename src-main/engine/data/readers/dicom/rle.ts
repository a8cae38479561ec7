import { corrupt, type Samples } from '../picture.ts';
import type { PixelLayout } from './layout.ts';
import { maskAndSign, typed } from './native.ts';

/**
 * Decodes one RLE Lossless frame (PS3.5, annex G): a table of up to 15 segment offsets, then one PackBits segment per
 * byte of a sample, most significant first, sample after sample. Returns interleaved samples.
 */
export function decodeRle(frame: Buffer, layout: PixelLayout): Samples {
  const pixels = layout.rows * layout.columns;
  const bytesPerSample = layout.bitsAllocated / 8;
  const expected = layout.samplesPerPixel * bytesPerSample;
  if (frame.length < 64 || frame.readUInt32LE(0) !== expected)
    throw corrupt(`its run-length data should have ${expected} segments`);
  const raw = Buffer.alloc(pixels * expected);
  for (let segment = 0; segment < expected; segment++) {
    const start = frame.readUInt32LE(4 + segment * 4);
    const end = segment + 1 < expected ? frame.readUInt32LE(8 + segment * 4) : frame.length;
    const sample = Math.floor(segment / bytesPerSample);
    const byte = bytesPerSample - 1 - (segment % bytesPerSample);
    unpackBits(frame.subarray(start, end), raw, {
      offset: sample * bytesPerSample + byte,
      stride: expected,
      count: pixels,
    });
  }
  return maskAndSign(typed(raw, layout), layout);
}

/** PackBits: n in 0..127 copies n + 1 bytes, −1..−127 repeats the next byte 1 − n times, −128 does nothing. */
function unpackBits(
  segment: Buffer,
  into: Buffer,
  { offset, stride, count }: { offset: number; stride: number; count: number },
): void {
  let at = 0;
  let written = 0;
  const put = (value: number) => {
    if (written < count) into[offset + written++ * stride] = value;
  };
  while (written < count) {
    if (at >= segment.length) throw corrupt('its run-length data end early');
    const code = segment.readInt8(at++);
    if (code >= 0) {
      if (at + code + 1 > segment.length && written + code + 1 <= count) throw corrupt('its run-length data end early');
      for (let index = 0; index <= code && at < segment.length; index++) put(segment[at++]!);
    } else if (code !== -128) {
      if (at >= segment.length) throw corrupt('its run-length data end early');
      const value = segment[at++]!;
      for (let index = 0; index < 1 - code; index++) put(value);
    }
  }
}
