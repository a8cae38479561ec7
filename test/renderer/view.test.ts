import { describe, expect, it } from 'vitest';
import { fittingScale, moved, pixelAt, WHOLE, zoomed } from '../../src-renderer/features/viewer/view.ts';

const stage = { width: 400, height: 300 };
const image = { width: 800, height: 200 };
const fitting = fittingScale(stage, image);

describe('an image on its stage', () => {
  it('is all in view at first', () => {
    expect(fitting).toBe(0.5);
    expect(fittingScale({ width: 0, height: 0 }, image)).toBe(1);
    expect(pixelAt({ x: 0, y: 0 }, WHOLE, fitting, image)).toEqual({ x: 400, y: 100 });
    expect(pixelAt({ x: -200, y: -50 }, WHOLE, fitting, image)).toEqual({ x: 0, y: 0 });
    expect(pixelAt({ x: 199.9, y: 49.9 }, WHOLE, fitting, image)).toEqual({ x: 799, y: 199 });
    for (const beside of [{ x: 0, y: 60 }, { x: 201, y: 0 }]) expect(pixelAt(beside, WHOLE, fitting, image)).toBeNull(); // prettier-ignore
  });

  it('keeps the pixel under the pointer where it is, however one zooms', () => {
    const at = { x: 90, y: -20 };
    const before = pixelAt(at, WHOLE, fitting, image);
    let view = WHOLE;
    for (const factor of [1.25, 1.25, 4, 0.8, 0.1]) {
      view = zoomed(view, factor, at, fitting);
      expect(pixelAt(at, view, fitting * view.zoom, image)).toEqual(before);
    }
  });

  it('has limits', () => {
    expect(fitting * zoomed(WHOLE, 1e9, { x: 0, y: 0 }, fitting).zoom).toBe(40);
    expect(zoomed(WHOLE, 1e-9, { x: 0, y: 0 }, fitting).zoom).toBe(0.05);
  });

  it('is moved by as many pixels as the pointer', () => {
    expect(moved({ zoom: 2, x: 3, y: 4 }, { x: 10, y: -10 })).toEqual({ zoom: 2, x: 13, y: -6 });
  });
});
