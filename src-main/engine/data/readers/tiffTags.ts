/** What the first directory of a TIFF says of its samples. */
export interface TiffTags {
  bitsPerSample: number;
  compression: number;
  photometric: number;
  samplesPerPixel: number;
  /** Channels one after the other. */
  planar: boolean;
  predictor: number;
  /** 1 unsigned, 2 signed, 3 floating point, 5 and 6 complex. */
  sampleFormat: number;
  /** What channels beyond the colours are: 0 not said, 1 and 2 transparency. */
  extraSamples: number[];
  /** The same file, with samples of 16 bits that are said to be unsigned. */
  asUnsigned(): Buffer;
}

const [BITS, COMPRESSION, PHOTOMETRIC, SAMPLES, PLANAR] = [258, 259, 262, 277, 284] as const;
const [PREDICTOR, EXTRA, FORMAT] = [317, 338, 339] as const;
const SHORT = 3;
const MOST_ENTRIES = 4096;

/** Reads them, of a TIFF or a BigTIFF in either byte order; undefined where they cannot be read. */
export function readTiffTags(bytes: Buffer): TiffTags | undefined {
  try {
    return tagsOf(bytes);
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

function tagsOf(bytes: Buffer): TiffTags {
  const little = bytes[0] === 0x49;
  const u16 = (at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const u32 = (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const u64 = (at: number) => Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  const big = u16(2) === 43;
  const [size, valueAt, word] = big ? [20, 12, u64] : [12, 8, u32];
  const directory = word(big ? 8 : 4);
  const count = big ? u64(directory) : u16(directory);
  const places = new Map<number, number[]>();
  for (let index = 0; index < Math.min(count, MOST_ENTRIES); index++) {
    const entry = directory + (big ? 8 : 2) + index * size;
    if (u16(entry + 2) !== SHORT) continue;
    const values = Math.min(word(entry + 4), MOST_ENTRIES);
    const inside = values * 2 <= (big ? 8 : 4);
    const start = inside ? entry + valueAt : word(entry + valueAt);
    places.set(u16(entry), Array.from({ length: values }, (_, value) => start + value * 2)); // prettier-ignore
  }
  const valueOf = (tag: number, otherwise: number) => {
    const [at] = places.get(tag) ?? [];
    return at === undefined ? otherwise : u16(at);
  };
  return {
    bitsPerSample: valueOf(BITS, 1),
    compression: valueOf(COMPRESSION, 1),
    photometric: valueOf(PHOTOMETRIC, 1),
    samplesPerPixel: valueOf(SAMPLES, 1),
    planar: valueOf(PLANAR, 1) === 2,
    predictor: valueOf(PREDICTOR, 1),
    sampleFormat: valueOf(FORMAT, 1),
    extraSamples: (places.get(EXTRA) ?? []).map(u16),
    asUnsigned() {
      const copy = Buffer.from(bytes);
      for (const at of places.get(FORMAT) ?? []) if (little) copy.writeUInt16LE(1, at); else copy.writeUInt16BE(1, at); // prettier-ignore
      return copy;
    },
  };
}
