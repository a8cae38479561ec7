import { corrupt } from '../picture.ts';

/** What a JPEG-family codestream says of itself. */
export interface Codestream {
  width: number;
  height: number;
  components: number;
  precision: number;
  /** JPEG: an Adobe marker's colour transform, `JFIF` where that marker stands, or undefined. */
  colour?: 'JFIF' | number;
  /** JPEG: components of the first scan; fewer than `components` means not interleaved. */
  scanComponents?: number;
  /** JPEG: the components' identifiers say RGB. */
  rgb?: boolean;
  /** JPEG 2000: samples have a sign. */
  signed?: boolean;
  /** JPEG 2000: the codec makes RGB of three components. */
  transformed?: boolean;
}

/** What the frame header of a JPEG says besides. */
export interface JpegStream extends Codestream {
  /** Marker of the frame header, 0xC0 to 0xCF, or 0xF7 for JPEG-LS. */
  process: number;
  /** All of the markers before the first scan. */
  markers: number[];
}

/** Reads the markers of JPEG, JPEG lossless or JPEG-LS up to the first scan. Throws IMAGE_CORRUPT. */
export function readJpegMarkers(bytes: Buffer): JpegStream {
  let frame: JpegStream | undefined;
  let colour: Codestream['colour'];
  const markers: number[] = [];
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) throw corrupt('its JPEG markers are broken');
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    markers.push(marker);
    const length = bytes.readUInt16BE(at + 2);
    const body = bytes.subarray(at + 4, at + 2 + length);
    if (isFrameHeader(marker) && body.length >= 6)
      frame = {
        precision: body[0]!,
        process: marker,
        height: body.readUInt16BE(1),
        width: body.readUInt16BE(3),
        components: body[5]!,
        markers,
        rgb: /^RGB$/i.test(String.fromCharCode(body[6] ?? 0, body[9] ?? 0, body[12] ?? 0)),
      };
    else if (marker === 0xe0 && body.toString('latin1', 0, 4) === 'JFIF') colour ??= 'JFIF';
    else if (marker === 0xee && body.toString('latin1', 0, 5) === 'Adobe' && body.length >= 12) colour = body[11]!;
    else if (marker === 0xda) {
      if (!frame) break;
      return { ...frame, colour, scanComponents: body[0]! };
    }
    at += 2 + length;
  }
  throw corrupt('its JPEG data have no image');
}

/** Throws IMAGE_CORRUPT for JPEG-LS data without their end: the decoder goes on for ever behind it. */
export function requireEnd(bytes: Buffer): void {
  let end = bytes.length;
  while (end > 2 && bytes[end - 1] === 0) end--;
  if (bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) < end - 4) throw corrupt('its JPEG-LS data end early');
}

/** Reads the SIZ and COD markers of JPEG 2000 or HTJ2K, bare or inside a JP2 file. Throws IMAGE_CORRUPT. */
export function readJpeg2000Size(bytes: Buffer): Codestream {
  const at = startOfJpeg2000(bytes);
  const siz = bytes.subarray(at + 2);
  return {
    width: siz.readUInt32BE(6) - siz.readUInt32BE(14),
    height: siz.readUInt32BE(10) - siz.readUInt32BE(18),
    components: siz.readUInt16BE(38),
    precision: (siz[40]! & 0x7f) + 1,
    signed: siz[40]! > 0x7f,
    transformed: isTransformed(bytes, at + 2),
  };
}

/**
 * The same codestream with samples that are said to have no sign: they decode as larger by half the range. Decoders differ
 * in how they give samples with a sign, or lose the negative ones. Throws IMAGE_CORRUPT.
 */
export function withoutSign(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const at = startOfJpeg2000(copy) + 2;
  const components = copy.readUInt16BE(at + 38);
  for (let component = 0; component < components; component++) {
    const depth = at + 40 + component * 3;
    if (depth < copy.length) copy[depth]! &= 0x7f;
  }
  return copy;
}

function startOfJpeg2000(bytes: Buffer): number {
  const at = bytes.indexOf(Buffer.from([0xff, 0x4f, 0xff, 0x51]));
  if (at < 0 || at + 44 > bytes.length) throw corrupt('its JPEG 2000 data have no image');
  return at;
}

/** Whether the COD marker of the main header asks for the transform of components. */
function isTransformed(bytes: Buffer, firstMarker: number): boolean {
  for (let at = firstMarker; at + 9 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1]!;
    if (marker === 0x52) return bytes[at + 8] !== 0;
    if (marker === 0x90) break;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return true;
}

/** Whether a frame header's marker says that nothing was lost: SOF3, SOF7, SOF11, SOF15 and JPEG-LS's SOF55. */
export const isLossless = (process: number): boolean => [0xc3, 0xc7, 0xcb, 0xcf, 0xf7].includes(process);

/** SOF0 to SOF15 and JPEG-LS's SOF55, without DHT, JPG and DAC, which share the range. */
function isFrameHeader(marker: number): boolean {
  return marker === 0xf7 || (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker));
}
