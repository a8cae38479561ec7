import { describe, expect, it } from 'vitest';
import { OVERLAY_OPACITY, overlayPixels } from '../../src-main/contract/overlay.ts';

const GREY = [100, 100, 100, 255];
const laid = (map: number[], opacity?: number) => [...overlayPixels(GREY, map, opacity)];

describe('a map over its image', () => {
  it('leaves the image where the map is nothing, and darkens what the network does not see', () => {
    expect(laid([0, 0, 0, 255])).toEqual([100, 100, 100, 255]);
    expect(laid([0, 0, 0, 0])).toEqual([50, 50, 50, 255]);
  });

  it('is yellow by its opacity where the map is strongest, and by the root of the value below', () => {
    // Viridis ends in #fde725.
    const yellow = [0xfd, 0xe7, 0x25];
    const mixed = yellow.map((level) => Math.round(100 * (1 - OVERLAY_OPACITY) + level * OVERLAY_OPACITY));
    expect(laid([255, 255, 255, 255])).toEqual([...mixed, 255]);
    expect(laid([255, 255, 255, 255], 1)).toEqual([...yellow, 255]);
    // A quarter of the largest value at half the opacity; there viridis is #3b528b.
    expect(laid([64, 64, 64, 255], 1)).toEqual([80, 91, 120, 255].map((level) => expect.closeTo(level, -0.5)));
  });
});
