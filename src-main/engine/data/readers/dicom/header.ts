import { inflateRawSync } from 'node:zlib';
import dicomParser, { type ByteArrayParser, type ByteStream, type DataSet, type Element } from 'dicom-parser';
import { corrupt, MAX_FILE_BYTES, unsupported } from '../picture.ts';

export const IMPLICIT = '1.2.840.10008.1.2';
export const EXPLICIT = '1.2.840.10008.1.2.1';
export const DEFLATED = '1.2.840.10008.1.2.1.99';
export const BIG_ENDIAN = '1.2.840.10008.1.2.2';

export interface DicomFile {
  data: DataSet;
  /** Bytes that the elements' offsets refer to (the inflated ones of a deflated file). */
  bytes: Buffer;
  transferSyntax: string;
  bigEndian: boolean;
}

// Exported by the library, absent from its types.
const { DataSet: makeDataSet } = dicomParser as unknown as {
  DataSet: new (parser: ByteArrayParser, bytes: Uint8Array, elements: Record<string, Element>) => DataSet;
};

/**
 * Reads all elements, without touching pixels. Tolerates a missing preamble or meta header, implicit data under an
 * explicit syntax, and damage after the pixel data.
 * Throws IMAGE_CORRUPT, and IMAGE_UNSUPPORTED for deflated data beyond the size limit.
 */
export function parseDicom(file: Buffer): DicomFile {
  const input = withPreamble(readableValueTypes(file));
  const meta = attempt(() => dicomParser.readPart10Header(input, { untilTag: 'x0002ffff' }));
  // The library stops before the first element that is not of the meta header, and says where.
  let position = (meta as unknown as { position: number }).position;
  let transferSyntax = meta.string('x00020010') ?? guessSyntax(input, position);
  let bytes = input;
  if (transferSyntax === DEFLATED) {
    bytes = inflate(input, position);
    position = 0;
  }
  const bigEndian = transferSyntax === BIG_ENDIAN;
  let explicit = transferSyntax !== IMPLICIT;
  if (explicit !== hasValueTypes(bytes, position)) {
    explicit = !explicit;
    if (transferSyntax === IMPLICIT) transferSyntax = EXPLICIT;
  }
  const parser = bigEndian ? dicomParser.bigEndianByteArrayParser : dicomParser.littleEndianByteArrayParser;
  const data = new makeDataSet(parser, bytes, {});
  try {
    const stream: ByteStream = new dicomParser.ByteStream(parser, bytes, position);
    if (explicit) dicomParser.parseDicomDataSetExplicit(data, stream, bytes.length);
    else dicomParser.parseDicomDataSetImplicit(data, stream, bytes.length);
  } catch (cause) {
    if (!pixelElement(data)) throw corrupt('its DICOM elements cannot be read to the end', cause);
  }
  Object.assign(data.elements, { ...meta.elements, ...data.elements });
  return { data, bytes, transferSyntax, bigEndian };
}

/** Pixel Data, or Float or Double Float Pixel Data. */
export function pixelElement(data: DataSet): Element | undefined {
  return data.elements.x7fe00010 ?? data.elements.x7fe00008 ?? data.elements.x7fe00009;
}

/** A DICOM file by content: the DICM prefix, or a data set that starts with a plausible first element. */
export function looksLikeDicom(bytes: Buffer): boolean {
  if (bytes.length >= 132 && bytes.toString('latin1', 128, 132) === 'DICM') return true;
  if (bytes.length < 16) return false;
  const group = bytes.readUInt16LE(0);
  if (group !== 0x0002 && group !== 0x0008) return false;
  if (bytes.readUInt16LE(2) > 0x0070) return false;
  return hasValueTypes(bytes, 0) || bytes.readUInt32LE(4) < Math.min(bytes.length, 256);
}

/** Whether the element at `position` carries a value type (VR), i.e. two capital letters after the tag. */
function hasValueTypes(bytes: Buffer, position: number): boolean {
  return /^[A-Z]{2}$/.test(bytes.toString('latin1', position + 4, position + 6));
}

function guessSyntax(bytes: Buffer, position: number): string {
  if (!hasValueTypes(bytes, position)) return IMPLICIT;
  // Groups are small numbers: a large one means that the bytes are the other way round.
  return bytes.length > position + 2 && bytes.readUInt16LE(position) > 0xff ? BIG_ENDIAN : EXPLICIT;
}

function withPreamble(bytes: Buffer): Buffer {
  if (bytes.toString('latin1', 128, 132) === 'DICM') return bytes;
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), bytes]);
}

/** dicom-parser does not know that OV has a four-byte length (DICOM 2019, offset tables); OB is laid out the same. */
function readableValueTypes(bytes: Buffer): Buffer {
  let result = bytes;
  for (const element of [0x01, 0x02]) {
    const at = bytes.indexOf(Buffer.from([0xe0, 0x7f, element, 0x00, 0x4f, 0x56]));
    if (at < 0) continue;
    if (result === bytes) result = Buffer.from(bytes);
    result[at + 5] = 0x42;
  }
  return result;
}

function inflate(bytes: Buffer, position: number): Buffer {
  try {
    return inflateRawSync(bytes.subarray(position), { maxOutputLength: MAX_FILE_BYTES / 4 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw unsupported('The compressed DICOM file unpacks to more than 256 MB.');
    throw corrupt('its compressed data cannot be unpacked', cause);
  }
}

/** dicom-parser throws strings and plain objects as well as errors. */
function attempt<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw corrupt('its DICOM header cannot be read', cause);
  }
}
