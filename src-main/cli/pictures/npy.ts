/** A NumPy file (format 1.0) in C order. @param type of its numbers, as NumPy writes it */
export function npy(values: Uint8Array, shape: readonly number[], type = '<f4'): Buffer {
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`;
  // Magic, version, length and header together are a multiple of 64 bytes, ending in a line break.
  const padded = `${header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11)}\n`;
  const start = Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1');
  start.writeUInt16LE(padded.length, 8);
  return Buffer.concat([start, Buffer.from(padded, 'latin1'), values]);
}
