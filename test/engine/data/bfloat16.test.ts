import { expect, it } from 'vitest';
import { fromBfloat16, toBfloat16 } from '../../../src-main/engine/data/bfloat16.ts';
import { generator } from '../../../src-main/engine/random.ts';
import { nearestBfloat16 } from '../../support/bfloat16.ts';

const rounded = (values: Float32Array): Float32Array => {
  const into = new Float32Array(values.length);
  fromBfloat16(toBfloat16(values), into);
  return into;
};

it('values become the nearest bfloat16, those half-way the even one', () => {
  const random = generator(1, 'bits');
  // Every exponent, either sign, and of every fourth the half-way bits.
  const bits = Uint32Array.from({ length: 40_000 }, (_, i) => {
    const any = Math.floor(random() * 2 ** 32) >>> 0;
    return i % 4 === 0 ? ((any & 0xffff0000) | 0x8000) >>> 0 : any;
  });
  const values = new Float32Array(bits.buffer).filter((value) => !Number.isNaN(value));
  expect(values.length).toBeGreaterThan(39_000);
  expect(rounded(values)).toEqual(values.map(nearestBfloat16));
});

it('the bits are those of PyTorch’s bfloat16', () => {
  // numpy.array([...], float32) by torch.tensor(...).to(torch.bfloat16).view(torch.uint16), torch 2.14.1.
  const known: [number, number][] = [
    [1, 0x3f80],
    [-0, 0x8000],
    [Math.fround(0.1), 0x3dcd],
    [1 + 2 ** -8, 0x3f80],
    [1 + 3 * 2 ** -8, 0x3f82],
    [-(1 + 2 ** -8 + 2 ** -20), 0xbf81],
    [3.3895313892515355e38, 0x7f7f],
    [3.4028234663852886e38, 0x7f80],
    [2 ** -149, 0x0000],
    [2 ** -134, 0x0000],
    [3 * 2 ** -134, 0x0002],
    [-Infinity, 0xff80],
  ];
  expect([...toBfloat16(Float32Array.from(known, ([value]) => value))]).toEqual(known.map(([, bits]) => bits));
});

it('what is no number stays none, whatever its bits', () => {
  const bits = Uint32Array.of(0x7fc00000, 0x7f800001, 0xff800001, 0x7fffffff, 0xffffffff);
  expect([...rounded(new Float32Array(bits.buffer))].every(Number.isNaN)).toBe(true);
});

it('part of a larger array is converted in its place', () => {
  const all = Float32Array.of(9, 1.001, 2.002, 9);
  fromBfloat16(toBfloat16(all.subarray(1, 3)), all.subarray(1, 3));
  expect(all).toEqual(Float32Array.of(9, 1, 2, 9));
});
