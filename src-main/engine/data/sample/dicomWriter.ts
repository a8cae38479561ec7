import { createHash } from 'node:crypto';

/** A grey DICOM picture to write. `samples` are stored values, row after row, Uint16 when `bitsStored` exceeds 8. */
export interface GreyDicom {
  /** What the object's identifiers are derived from: the same name gives the same file. */
  name: string;
  patient: string;
  columns: number;
  rows: number;
  samples: Uint8Array | Uint16Array;
  bitsStored: number;
  photometric: 'MONOCHROME1' | 'MONOCHROME2';
  implicit?: boolean;
  rescale?: { slope: number; intercept: number };
  window?: { centre: number; width: number };
}

const IMPLICIT = '1.2.840.10008.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';
const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';

type Element = [tag: number, type: string, value: string | number | Buffer];

/** A DICOM file (PS3.10) with the elements that a secondary-capture picture needs, uncompressed. */
export function writeGreyDicom(picture: GreyDicom): Buffer {
  const syntax = picture.implicit ? IMPLICIT : EXPLICIT;
  const object = uid(`object ${picture.name}`);
  const bitsAllocated = picture.bitsStored > 8 ? 16 : 8;
  const { buffer, byteOffset, byteLength } = picture.samples;
  const elements: Element[] = [
    [0x00080016, 'UI', SECONDARY_CAPTURE],
    [0x00080018, 'UI', object],
    [0x00080060, 'CS', 'OT'],
    [0x00080064, 'CS', 'SYN'],
    [0x00100010, 'PN', `Sample^${picture.patient}`],
    [0x00100020, 'LO', picture.patient],
    [0x0020000d, 'UI', uid(`study ${picture.patient}`)],
    [0x0020000e, 'UI', uid(`series ${picture.patient}`)],
    [0x00280002, 'US', 1],
    [0x00280004, 'CS', picture.photometric],
    [0x00280010, 'US', picture.rows],
    [0x00280011, 'US', picture.columns],
    [0x00280100, 'US', bitsAllocated],
    [0x00280101, 'US', picture.bitsStored],
    [0x00280102, 'US', picture.bitsStored - 1],
    [0x00280103, 'US', 0],
    ...((picture.window
      ? [
          [0x00281050, 'DS', String(picture.window.centre)],
          [0x00281051, 'DS', String(picture.window.width)],
        ]
      : []) satisfies Element[]),
    ...((picture.rescale
      ? [
          [0x00281052, 'DS', String(picture.rescale.intercept)],
          [0x00281053, 'DS', String(picture.rescale.slope)],
        ]
      : []) satisfies Element[]),
    [0x7fe00010, bitsAllocated === 8 ? 'OB' : 'OW', Buffer.from(buffer, byteOffset, byteLength)],
  ];
  const meta = [
    encode([0x00020001, 'OB', Buffer.from([0, 1])]),
    encode([0x00020002, 'UI', SECONDARY_CAPTURE]),
    encode([0x00020003, 'UI', object]),
    encode([0x00020010, 'UI', syntax]),
    encode([0x00020012, 'UI', uid('Cutpoint sample study')]),
  ];
  const length = Buffer.alloc(4);
  length.writeUInt32LE(Buffer.concat(meta).length);
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    encode([0x00020000, 'UL', length]),
    ...meta,
    ...elements.map((element) => encode(element, picture.implicit)),
  ]);
}

function encode([tag, type, value]: Element, implicit = false): Buffer {
  const content = padded(type, value);
  const long = type === 'OB' || type === 'OW';
  const head = Buffer.alloc(!implicit && long ? 12 : 8);
  head.writeUInt16LE(tag >>> 16, 0);
  head.writeUInt16LE(tag & 0xffff, 2);
  if (implicit) head.writeUInt32LE(content.length, 4);
  else {
    head.write(type, 4, 'latin1');
    if (long) head.writeUInt32LE(content.length, 8);
    else head.writeUInt16LE(content.length, 6);
  }
  return Buffer.concat([head, content]);
}

/** Values have an even length: identifiers are filled with a zero byte, texts with a space. */
function padded(type: string, value: string | number | Buffer): Buffer {
  if (typeof value === 'number') {
    const content = Buffer.alloc(2);
    content.writeUInt16LE(value);
    return content;
  }
  const content = typeof value === 'string' ? Buffer.from(value, 'latin1') : value;
  if (content.length % 2 === 0) return content;
  return Buffer.concat([content, Buffer.from(type === 'UI' || type === 'OB' ? [0] : [0x20])]);
}

/** A UID below 2.25 (PS3.5, annex B.2), from 120 bits of a hash instead of a random UUID. */
function uid(name: string): string {
  const digest = createHash('sha256').update(`cutpoint ${name}`).digest('hex');
  return `2.25.${BigInt(`0x1${digest.slice(0, 30)}`)}`;
}
