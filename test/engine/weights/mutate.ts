/** Values that lengths, counts and offsets are set to. */
const EDGES = [
  0n,
  1n,
  2n,
  0x7fn,
  0xffn,
  0xffffn,
  0x7fffffffn,
  0xffffffffn,
  2n ** 40n,
  2n ** 53n,
  2n ** 63n,
  2n ** 64n - 1n,
];

/**
 * A damaged copy of a file: most often one, else up to four of flipped bytes, a changed length field, an inserted or repeated piece, a piece
 * of another file, a piece left out, or an early end.
 * @param random uniform in [0, 1)
 */
export function mutate(whole: Buffer, donor: Buffer, random: () => number): Buffer {
  const below = (limit: number): number => Math.floor(random() * limit);
  const piece = (from: Buffer): Buffer => {
    const start = below(from.length);
    return from.subarray(start, start + 1 + below(64));
  };
  const cut = (bytes: Buffer, at: number, removed: number, inserted: Buffer): Buffer =>
    Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]);
  const kinds: readonly ((bytes: Buffer) => Buffer)[] = [
    (bytes) => {
      for (let flips = 1 + below(8); flips > 0; flips--) bytes[below(bytes.length)] = below(256);
      return bytes;
    },
    (bytes) => {
      const at = below(bytes.length);
      bytes[at] = bytes[at]! ^ (1 << below(8));
      return bytes;
    },
    (bytes) => {
      const field = Buffer.alloc(8);
      const value = random() < 0.5 ? EDGES[below(EDGES.length)]! : BigInt(below(2 * bytes.length));
      if (random() < 0.8) field.writeBigUInt64LE(value);
      else field.writeBigUInt64BE(value);
      const size = [1, 2, 4, 8][below(4)]!;
      field.copy(bytes, below(bytes.length), 0, size);
      return bytes;
    },
    (bytes) => cut(bytes, below(bytes.length), 0, Buffer.from(Array.from({ length: 1 + below(32) }, () => below(256)))),
    (bytes) => cut(bytes, below(bytes.length), 0, piece(bytes)),
    (bytes) => {
      const inserted = piece(donor);
      return cut(bytes, below(bytes.length), random() < 0.5 ? inserted.length : 0, inserted);
    },
    (bytes) => cut(bytes, below(bytes.length), 1 + below(32), Buffer.alloc(0)),
    (bytes) => bytes.subarray(0, below(bytes.length)),
  ];
  let bytes: Buffer = Buffer.from(whole);
  for (let rounds = random() < 0.6 ? 1 : 1 + below(4); rounds > 0 && bytes.length > 0; rounds--) {
    bytes = Buffer.from(kinds[below(kinds.length)]!(bytes));
  }
  return bytes;
}
