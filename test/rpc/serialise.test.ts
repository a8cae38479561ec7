import { expect, it } from 'vitest';
import { decode, encode } from '../../src-main/rpc/serialise.ts';

it('takes bytes among lists and records there and back, each with a buffer of its own', () => {
  const large = new Uint8Array(100_000).fill(1);
  const value = {
    maps: [{ png: large.subarray(10, 14), note: null }],
    empty: new Uint8Array(),
    figures: [NaN, 1e300, -5],
  };
  const stored = encode(value);
  expect(stored.length).toBeLessThan(80);
  const found = decode(stored) as typeof value;
  expect(found).toStrictEqual({ ...value, maps: [{ png: Uint8Array.of(1, 1, 1, 1), note: null }] });
  expect(found.maps[0]!.png.buffer.byteLength).toBe(4);
  // Read from among others, as a row of a file is.
  expect(decode(new Uint8Array([9, ...stored]).subarray(1))).toStrictEqual(found);
});

it.each([
  ['numbers of another type', Float32Array.of(1)],
  ['a function', () => 1],
])('refuses what would come back as something else: %s', (_, value) => {
  expect(() => encode({ list: [value] })).toThrow();
});

it.each([
  ['bytes at all', Uint8Array.of()],
  ['message of another kind', Uint8Array.of(0xc1)],
  ['message that is cut off', encode({ png: new Uint8Array(1000) }).slice(0, 500)],
])('reads no %s', (_, stored) => {
  expect(() => decode(stored)).toThrow();
});
