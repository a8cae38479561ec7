import { checkDimensions, corrupt, type Picture, type Reader, unsupported } from './picture.ts';

interface Header {
  width: number;
  height: number;
  topDown: boolean;
  bits: number;
  /** 0 plain, 1 and 2 run lengths for 8 and 4 bits, 3 and 6 bit fields. */
  compression: number;
  pixelsAt: number;
  paletteAt: number;
  colours: number;
  /** Bit fields of red, green and blue, for 16 and 32 bits. */
  masks: [number, number, number];
}

/**
 * BMP (Windows bitmap), which sharp does not read (and bmp-ts 1.0.9 reads colour tables wrongly). Colour tables, 1 to
 * 32 bits, bit fields, run lengths; an alpha channel is not looked at.
 */
export const bmpReader: Reader = {
  format: 'BMP',
  extensions: ['bmp', 'dib'],
  match: (bytes) => bytes.length >= 54 && bytes.toString('latin1', 0, 2) === 'BM' && bytes.readUInt32LE(14) <= 124,
  async open(bytes) {
    const header = readHeader(bytes);
    const { width, height, compression } = header;
    const indices = compression === 1 || compression === 2 ? unpackRuns(bytes, header) : undefined;
    const samples = indices ? throughPalette(bytes, header, indices) : readRows(bytes, header);
    const picture: Picture = { width, height, channels: 3, samples, display: 'bytes', notes: [] };
    return { picture };
  },
};

function readHeader(bytes: Buffer): Header {
  const headerSize = bytes.readUInt32LE(14);
  if (headerSize < 40) throw unsupported('The BMP file is of the OS/2 type, which Cutpoint does not read.');
  const width = bytes.readInt32LE(18);
  const signedHeight = bytes.readInt32LE(22);
  const height = Math.abs(signedHeight);
  checkDimensions(width, height, 3);
  const bits = bytes.readUInt16LE(28);
  const compression = bytes.readUInt32LE(30);
  const fields = compression === 3 || compression === 6;
  if (![1, 4, 8, 16, 24, 32].includes(bits) || !(compression <= 3 || compression === 6))
    throw unsupported('The BMP file is compressed in a way Cutpoint does not read.');
  if (fields && bytes.length < 66) throw corrupt('its header ends early');
  const pixelsAt = bytes.readUInt32LE(10);
  // Bit fields follow a short header and are part of the longer ones.
  const paletteAt = 14 + headerSize + (fields && headerSize === 40 ? (compression === 6 ? 16 : 12) : 0);
  const declared = bytes.readUInt32LE(46);
  return {
    width,
    height,
    topDown: signedHeight < 0,
    bits,
    compression,
    pixelsAt,
    paletteAt,
    colours: bits <= 8 ? Math.min(declared || 1 << bits, 1 << bits) : 0,
    masks: fields
      ? [bytes.readUInt32LE(54), bytes.readUInt32LE(58), bytes.readUInt32LE(62)]
      : bits === 16
        ? [0x7c00, 0x03e0, 0x001f]
        : [0xff0000, 0x00ff00, 0x0000ff],
  };
}

/** Rows of plain pixels to RGB from the top. */
function readRows(bytes: Buffer, header: Header): Uint8Array {
  const { width, height, bits, pixelsAt } = header;
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  // The padding of the last row may be missing; its pixels may not.
  if (pixelsAt + rowBytes * (height - 1) + Math.ceil((width * bits) / 8) > bytes.length)
    throw corrupt('it ends before its last row');
  if (bits <= 8) {
    const indices = new Uint8Array(width * height);
    const perByte = 8 / bits;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const byte = bytes[pixelsAt + y * rowBytes + Math.floor(x / perByte)]!;
        indices[y * width + x] = (byte >> (8 - bits * ((x % perByte) + 1))) & ((1 << bits) - 1);
      }
    return throughPalette(bytes, header, indices);
  }
  const channels = header.masks.map(channelOf);
  const rgb = new Uint8Array(width * height * 3);
  const size = bits / 8;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const pixel = bytes.readUIntLE(pixelsAt + y * rowBytes + x * size, size);
      const to = ((header.topDown ? y : height - 1 - y) * width + x) * 3;
      for (let channel = 0; channel < 3; channel++) rgb[to + channel] = channels[channel]!(pixel);
    }
  return rgb;
}

/** Reads one bit field and stretches it to 0 to 255. */
function channelOf(mask: number): (pixel: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const highest = mask >>> shift;
  return (pixel) => Math.round((((pixel & mask) >>> shift) * 255) / highest);
}

/** Indices in file order (bottom row first unless top-down) to RGB from the top. */
function throughPalette(bytes: Buffer, header: Header, indices: Uint8Array): Uint8Array {
  const { width, height, paletteAt, colours } = header;
  if (paletteAt + colours * 4 > bytes.length) throw corrupt('its colour table ends early');
  const rgb = new Uint8Array(indices.length * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const index = indices[y * width + x]!;
      if (index >= colours) throw corrupt('it uses colours that its table does not have');
      const to = ((header.topDown ? y : height - 1 - y) * width + x) * 3;
      for (let channel = 0; channel < 3; channel++) rgb[to + channel] = bytes[paletteAt + index * 4 + 2 - channel]!;
    }
  return rgb;
}

/** BI_RLE8 and BI_RLE4: pairs of count and value; a count of 0 escapes to row end, image end, move, or literals. */
function unpackRuns(bytes: Buffer, { width, height, bits, pixelsAt }: Header): Uint8Array {
  if (bits !== 8 && bits !== 4) throw corrupt('its run lengths do not fit its depth');
  const indices = new Uint8Array(width * height);
  let at = pixelsAt;
  let x = 0;
  let y = 0;
  const next = () => {
    if (at >= bytes.length) throw corrupt('its run-length data end early');
    return bytes[at++]!;
  };
  const put = (index: number) => {
    if (x < width && y < height) indices[y * width + x] = index;
    x++;
  };
  const half = (value: number, position: number) => (position % 2 === 0 ? value >> 4 : value & 15);
  while (y < height) {
    const count = next();
    const value = next();
    if (count > 0) for (let run = 0; run < count; run++) put(bits === 8 ? value : half(value, run));
    else if (value === 0) {
      x = 0;
      y++;
    } else if (value === 1) break;
    else if (value === 2) {
      x += next();
      y += next();
    } else {
      const start = at;
      let byte = 0;
      for (let literal = 0; literal < value; literal++) {
        if (bits === 8 || literal % 2 === 0) byte = next();
        put(bits === 8 ? byte : half(byte, literal));
      }
      if ((at - start) % 2 === 1) at++;
    }
  }
  return indices;
}
