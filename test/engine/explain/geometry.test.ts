import { describe, expect, it } from 'vitest';
import { resample } from '../../../src-main/engine/data/prepare.ts';
import { toPicture } from '../../../src-main/engine/explain/geometry.ts';
import { levelsOf, peakOf, restoreMap } from '../../../src-main/engine/explain/restored.ts';
import type { Field } from '../../../src-main/engine/explain/resize.ts';

const SIZE = 96;

/** A soft spot in a black picture, and that picture as the network sees it, taken for a map. */
function spotInFrame(width: number, height: number, at: [number, number], fit: 'letterbox' | 'stretch' | 'crop') {
  const radius = Math.max(3, 2.5 * Math.max(width, height) / SIZE); // prettier-ignore
  const pixels = Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [(i % width) - at[0], Math.floor(i / width) - at[1]];
    return Math.round(255 * Math.exp(-(x * x + y * y) / (2 * radius * radius)));
  });
  const rgb = resample({ width, height, channels: 1, pixels }, { size: SIZE, fit });
  const frame: Field = { width: SIZE, height: SIZE, values: Float32Array.from({ length: SIZE * SIZE }, (_, i) => rgb[3 * i]!) }; // prettier-ignore
  return { frame, pixels };
}

/** Centre of gravity of what is bright. */
function centre({ width, values }: Field): [number, number] {
  let [sum, x, y] = [0, 0, 0];
  values.forEach((value, i) => {
    if (!(value > 40)) return;
    sum += value;
    x += value * (i % width);
    y += value * Math.floor(i / width);
  });
  return [x / sum, y / sum];
}

describe('a place seen in the frame is restored to where it is in the picture', () => {
  it.each([
    ['letterbox', 400, 211],
    ['letterbox', 97, 300],
    ['letterbox', 96, 96],
    ['letterbox', 151, 150],
    ['letterbox', 60, 37],
    ['letterbox', 1024, 1],
    ['stretch', 500, 130],
    ['stretch', 71, 303],
    ['crop', 400, 211],
    ['crop', 151, 301],
    ['crop', 64, 50],
  ] as const)('%s, %i × %i', (fit, width, height) => {
    // Off the middle both ways, and inside what `crop` leaves.
    const at: [number, number] = [Math.round(width / 2 + Math.min(width, height) / 8), Math.round(height / 2 - Math.min(width, height) / 6)]; // prettier-ignore
    const { frame } = spotInFrame(width, height, at, fit);
    const restored = toPicture(frame, { width, height, size: SIZE, fit });
    expect([restored.width, restored.height]).toEqual([width, height]);
    const [x, y] = centre(restored);
    // A tenth of a pixel of the frame, in the picture's own.
    const step = (length: number) => (fit === 'stretch' ? length : Math.max(width, height)) / SIZE;
    expect(Math.abs(x - at[0])).toBeLessThan(Math.max(0.1, 0.1 * step(width)));
    expect(Math.abs(y - at[1])).toBeLessThan(Math.max(0.1, 0.1 * step(height)));
  });
});

it('what crop leaves out is not a number, and transparent; letterbox and stretch leave nothing out', () => {
  const raw = { height: 3, width: 3, values: new Float32Array(9).fill(1) };
  const unseen = (fit: 'letterbox' | 'stretch' | 'crop') => {
    const { map, largest, notes } = restoreMap(raw, { width: 200, height: 100, size: SIZE, fit });
    const levels = levelsOf({ map, largest });
    const share = map.values.filter((value) => Number.isNaN(value)).length / map.values.length;
    expect(levels.filter((_, i) => i % 2 === 1 && levels[i] === 0).length / map.values.length).toBe(share);
    return { share, codes: notes.map(({ code }) => code), left: map.values[0], middle: map.values[100] };
  };
  expect(unseen('letterbox')).toMatchObject({ share: 0, codes: [] });
  expect(unseen('stretch')).toMatchObject({ share: 0, codes: [] });
  const { share, codes, left, middle } = unseen('crop');
  expect(share).toBeGreaterThan(0.48);
  expect(share).toBeLessThan(0.51);
  expect(codes).toEqual(['CROPPED']);
  expect(left).toBeNaN();
  expect(middle).toBe(1);
});

it('a map that is strongest in the bars beside the picture says so', () => {
  const values = Float32Array.from([5, 5, 5, 0, 1, 0, 0, 0, 0]);
  const wide = restoreMap({ height: 3, width: 3, values }, { width: 300, height: 100, size: 96, fit: 'letterbox' });
  expect(wide.notes.map(({ code }) => code)).toEqual(['PEAK_IN_BARS']);
  const square = restoreMap({ height: 3, width: 3, values }, { width: 300, height: 300, size: 96, fit: 'letterbox' });
  expect(square.notes).toEqual([]);
  expect(square.largest).toBe(5);
  expect(peakOf(square.map) / 300).toBeLessThan(50);
  const { map, largest } = restoreMap({ height: 3, width: 3, values: values.map((value) => -value) }, { width: 30, height: 20, size: 96, fit: 'stretch' }); // prettier-ignore
  expect(largest).toBe(0);
  expect(map.values.every((value) => value === 0)).toBe(true);
});
