import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of a zip archive for a test; what is given beside name and contents is a lie. */
export interface Zipped {
  name: string;
  contents: Buffer;
  deflated?: boolean;
  claimedBytes?: number;
  checksum?: number;
  flags?: number;
  method?: number;
  /** Position of the local header, where it is not where it really is. */
  position?: number;
}

/** A zip archive: local headers with contents, directory, end record. PKWARE's APPNOTE 4.3. */
export function zipped(entries: readonly Zipped[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let position = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const packed = entry.deflated ? deflateRawSync(entry.contents) : entry.contents;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(entry.flags ?? 0x800, 2);
    common.writeUInt16LE(entry.method ?? (entry.deflated ? 8 : 0), 4);
    common.writeUInt32LE(entry.checksum ?? crc32(entry.contents), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(entry.claimedBytes ?? entry.contents.length, 18);
    common.writeUInt16LE(name.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(entry.position ?? position, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, name);
    locals.push(Buffer.from('PK\x03\x04', 'latin1'), common, name, packed);
    position += 30 + name.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(position, 16);
  return Buffer.concat([...locals, listed, end]);
}
