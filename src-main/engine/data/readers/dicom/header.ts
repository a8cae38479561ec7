import { constants, inflateRawSync } from 'node:zlib';
import dicomParser, { type ByteArrayParser, type ByteStream, type DataSet, type Element } from 'dicom-parser';
import { CutpointError } from '../../../../contract/errors.ts';
import { checkDimensions, corrupt, unsupported } from '../picture.ts';

export const IMPLICIT = '1.2.840.10008.1.2';
export const EXPLICIT = '1.2.840.10008.1.2.1';
export const DEFLATED = '1.2.840.10008.1.2.1.99';
export const BIG_ENDIAN = '1.2.840.10008.1.2.2';

/** As the library takes them, whose types want every one. */
type ParseOptions = { untilTag: string };

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
 * Throws IMAGE_CORRUPT, and IMAGE_UNSUPPORTED or IMAGE_TOO_LARGE for deflated data beyond the size limit.
 */
export function parseDicom(file: Buffer): DicomFile {
  const known = parsed.get(file) ?? parse(file, {} as ParseOptions);
  parsed.set(file, known);
  return known;
}

/** Of files whose bytes are still held: each frame is asked for on its own. */
const parsed = new WeakMap<Buffer, DicomFile>();

/** The same of the elements before the pixel data, of which only the beginning need be there. */
export const parseHeader = (beginning: Buffer): DicomFile => parse(beginning, { untilTag: 'x7fe00010' });

function parse(file: Buffer, options: ParseOptions): DicomFile {
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
  const { data, syntax } = parseElements(bytes, position, { declared: transferSyntax, options });
  transferSyntax = syntax;
  for (const [tag, element] of Object.entries(meta.elements)) data.elements[tag] ??= element;
  return { data, bytes, transferSyntax, bigEndian: transferSyntax === BIG_ENDIAN };
}

/** The elements from `position` on, and the transfer syntax that they are really in. Throws IMAGE_CORRUPT. */
function parseElements(
  bytes: Buffer,
  position: number,
  { declared, options }: { declared: string; options: ParseOptions },
): { data: DataSet; syntax: string } {
  let syntax = declared;
  const bigEndian = syntax === BIG_ENDIAN;
  let explicit = syntax !== IMPLICIT;
  if (explicit !== hasValueTypes(bytes, position)) {
    explicit = !explicit;
    if (syntax === IMPLICIT) syntax = EXPLICIT;
  }
  const parser = bigEndian ? dicomParser.bigEndianByteArrayParser : dicomParser.littleEndianByteArrayParser;
  const data = boundedTexts(new makeDataSet(parser, bytes, {}));
  try {
    const stream = countedReads(new dicomParser.ByteStream(parser, bytes, position));
    if (explicit) dicomParser.parseDicomDataSetExplicit(data, stream, bytes.length, options);
    else dicomParser.parseDicomDataSetImplicit(data, stream, bytes.length, options);
  } catch (cause) {
    if (!pixelElement(data)) throw corrupt('its DICOM elements cannot be read to the end', cause);
  }
  return { data, syntax };
}

/** Numbers read for tags and lengths, three at the most for an element: an object of thousands of frames has half of it. */
const MOST_READS = 1.2e6;

/** A stream that stops parsing at so many elements that they would fill the memory of a thread. */
function countedReads(stream: ByteStream): ByteStream {
  let reads = 0;
  for (const name of ['readUint16', 'readUint32'] as const) {
    const read = stream[name].bind(stream);
    stream[name] = () => {
      if (++reads > MOST_READS) throw corrupt('it has more elements than an image can have');
      return read();
    };
  }
  return stream;
}

/** Longer texts are taken as missing: the library joins them character by character. */
const LONGEST_TEXT = 65536;

function boundedTexts(data: DataSet): DataSet {
  for (const name of ['string', 'text', 'intString', 'floatString'] as const) {
    const read = data[name].bind(data) as (tag: string, index?: number) => never;
    data[name] = ((tag: string, index?: number) =>
      (data.elements[tag]?.length ?? 0) > LONGEST_TEXT ? undefined : read(tag, index)) as never;
  }
  return data;
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

/** A deflated data set is not unpacked beyond this. */
const MAX_INFLATED = 256e6;
/** What the header and other elements of a deflated data set may take beside its pixels. */
const ROOM_FOR_HEADER = 32e6;
/** Unpacks to at most 4 MB (deflate makes 1032 of one), and holds the header of all but odd files. */
const FIRST_BYTES = 4096;

function inflate(bytes: Buffer, position: number): Buffer {
  const packed = bytes.subarray(position);
  try {
    const first = inflateRawSync(packed.subarray(0, FIRST_BYTES), { finishFlush: constants.Z_SYNC_FLUSH });
    return inflateRawSync(packed, { maxOutputLength: Math.min(MAX_INFLATED, expectedBytes(first)) });
  } catch (cause) {
    if (cause instanceof CutpointError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw unsupported('The compressed DICOM file unpacks to more than 256 MB, or to more than its image needs.');
    throw corrupt('its compressed data cannot be unpacked', cause);
  }
}

/** What a data set that begins like this should unpack to, in bytes. Throws IMAGE_TOO_LARGE before it is. */
function expectedBytes(beginning: Buffer): number {
  const data = new makeDataSet(dicomParser.littleEndianByteArrayParser, beginning, {});
  try {
    const stream = new dicomParser.ByteStream(dicomParser.littleEndianByteArrayParser, beginning, 0);
    dicomParser.parseDicomDataSetExplicit(data, stream, beginning.length, { untilTag: 'x7fe00010' });
  } catch {
    // Cut off, as it has to be: what was read before the cut counts.
  }
  const [rows, columns] = [data.uint16('x00280010'), data.uint16('x00280011')];
  if (rows === undefined || columns === undefined) return Infinity;
  const pixelBytes = ((data.uint16('x00280002') ?? 1) * (data.uint16('x00280100') ?? 16)) / 8;
  checkDimensions(columns, rows, pixelBytes);
  const frames = Math.max(1, data.intString('x00280008') ?? 1);
  return Math.ceil(rows * columns * pixelBytes * frames) + ROOM_FOR_HEADER;
}

/** dicom-parser throws strings and plain objects as well as errors. */
function attempt<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw corrupt('its DICOM header cannot be read', cause);
  }
}
