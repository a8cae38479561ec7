import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Fit } from '../../../src-main/contract/plan.ts';
import { resample } from '../../../src-main/engine/data/prepare.ts';
import golden from '../../golden/resize.json' with { type: 'json' };
import { hashes } from '../explain/hashes.ts';

/** The picture of golden/resize.py. */
function picture(kind: string, width: number, height: number): Uint8Array {
  const columns = Math.ceil(width / 8);
  const bytes = (count: number) => Uint8Array.from(hashes(kind, count), (value) => value >>> 24);
  if (kind !== 'blocks') {
    const noise = bytes(width * height * 3);
    return kind === 'noise' ? noise : noise.map((value) => (value > 127 ? 255 : 0));
  }
  const coarse = bytes(Math.ceil(height / 8) * columns * 3);
  return Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const [row, column] = [Math.floor(at / 3 / width), Math.floor(at / 3) % width];
    return coarse[(Math.floor(row / 8) * columns + Math.floor(column / 8)) * 3 + (at % 3)]!;
  });
}

const { size } = golden;

it.each(golden.pictures)('$width × $height, $fit, $kind: to the bit what Pillow gives', (entry) => {
  const { width, height, kind, sha256, values } = entry;
  const fit = entry.fit as Fit;
  const pixels = picture(kind, width, height);
  const square = resample({ width, height, channels: 3, pixels }, { size, fit });
  expect(values.map((_, i) => square[i * 769])).toEqual(values);
  expect(createHash('sha256').update(square).digest('hex')).toBe(sha256);
  const grey = { width, height, channels: 1 as const, pixels: pixels.filter((_, at) => at % 3 === 1) };
  const own = resample(grey, { size, fit });
  expect(own.every((value, at) => value === square[at - (at % 3) + 1])).toBe(true);
});
