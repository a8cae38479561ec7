import { createHash } from 'node:crypto';

/** A data element: its tag as 0xGGGGEEEE, value representation and value. US and UL take numbers, OB and OW bytes. */
export type Element =
  | readonly [tag: number, vr: 'CS' | 'DA' | 'DS' | 'IS' | 'LO' | 'PN' | 'SH' | 'TM' | 'UI', value: string]
  | readonly [tag: number, vr: 'US' | 'UL', value: number]
  | readonly [tag: number, vr: 'OB' | 'OW', value: Uint8Array];

const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

/**
 * A DICOM file in explicit VR little endian (PS3.10, section 7): preamble, file meta information, data set. The data
 * set has to hold SOP Class UID (0008,0016) and SOP Instance UID (0008,0018); its elements may come in any order.
 */
export function encodeDicom(elements: readonly Element[]): Buffer {
  const uid = (tag: number) => String(elements.find((element) => element[0] === tag)![2]);
  const meta = encodeElements([
    [0x00020001, 'OB', Uint8Array.of(0, 1)],
    [0x00020002, 'UI', uid(0x00080016)],
    [0x00020003, 'UI', uid(0x00080018)],
    [0x00020010, 'UI', EXPLICIT_LITTLE_ENDIAN],
    [0x00020012, 'UI', makeUid('cutpoint', 'implementation')],
    [0x00020013, 'SH', 'CUTPOINT'],
  ]);
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    encodeElements([[0x00020000, 'UL', meta.length]]),
    meta,
    encodeElements(elements),
  ]);
}

/**
 * A unique identifier derived from `parts`: equal parts give the same. It is a UUID (version 8, of SHA-256) under the
 * root 2.25, which needs no registration (PS3.5, B.2).
 */
export function makeUid(...parts: readonly (string | number)[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  digest[6] = (digest[6]! & 0x0f) | 0x80;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  return `2.25.${BigInt(`0x${digest.toString('hex', 0, 16)}`)}`;
}

function encodeElements(elements: readonly Element[]): Buffer {
  return Buffer.concat([...elements].sort((a, b) => a[0] - b[0]).map(encodeElement));
}

function encodeElement(element: Element): Buffer {
  const [tag, vr] = element;
  const value = encodeValue(element);
  const long = vr === 'OB' || vr === 'OW';
  const head = Buffer.alloc(long ? 12 : 8);
  head.writeUInt16LE(tag >>> 16, 0);
  head.writeUInt16LE(tag & 0xffff, 2);
  head.write(vr, 4, 'latin1');
  if (long) head.writeUInt32LE(value.length, 8);
  else head.writeUInt16LE(value.length, 6);
  return Buffer.concat([head, value]);
}

/** Values have an even length: UIDs and bytes are padded with zero, text with a space. */
function encodeValue([, vr, value]: Element): Buffer {
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(vr === 'UL' ? 4 : 2);
    bytes.writeUIntLE(value, 0, bytes.length);
    return bytes;
  }
  const bytes = typeof value === 'string' ? Buffer.from(value, 'latin1') : Buffer.from(value);
  const padding = typeof value === 'string' && vr !== 'UI' ? ' ' : '\0';
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from(padding)]);
}
