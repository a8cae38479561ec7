/** The 32-bit numbers that test/golden/zoo.py's `hashes` gives for a key. */
export function hashes(key: string, count: number): number[] {
  let seed = 0x811c9dc5;
  for (const byte of Buffer.from(key)) seed = Math.imul(seed ^ byte, 0x01000193) >>> 0;
  return Array.from({ length: count }, (_, i) => {
    let x = (seed + i) >>> 0;
    x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
    x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
    return (x ^ (x >>> 16)) >>> 0;
  });
}
