import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLevels } from '../../../../src-main/engine/data/readers/read.ts';

interface Golden {
  files: Record<
    string,
    { size: [number, number]; channels: number; levels: number[] | null; tolerance: number; notes: string[] }
  >;
}

const test = join(import.meta.dirname, '../../..');
const golden = JSON.parse(readFileSync(join(test, 'golden/data/raster.json'), 'utf8')) as Golden;

/** Levels as RGB, so that a grey picture equals the same picture stored in three channels. */
function rgb(levels: ArrayLike<number>, channels: number): number[] {
  const values = Array.from(levels);
  return channels === 3 ? values : values.flatMap((value) => [value, value, value]);
}

describe('raster files against Pillow', () => {
  it.each(Object.entries(golden.files))('%s', async (file, expected) => {
    const { levels, notes } = await readLevels(join(test, 'fixtures/images', file));
    expect([levels.width, levels.height]).toEqual(expected.size);
    expect(notes.map(({ code }) => code)).toEqual(expected.notes);
    if (!expected.levels) return;
    const found = rgb(levels.pixels, levels.channels);
    const wanted = rgb(expected.levels, expected.channels);
    expect(found.length).toBe(wanted.length);
    const largest = Math.max(...found.map((value, index) => Math.abs(value - wanted[index]!)));
    expect(largest).toBeLessThanOrEqual(expected.tolerance);
  });

  it('converts CMYK to sRGB: no ink is white, full black ink is dark', async () => {
    const sharp = (await import('sharp')).default;
    const { mkdtempSync, rmSync } = await import('node:fs');
    const { tmpdir } = await import('node:os');
    const folder = mkdtempSync(join(tmpdir(), 'cutpoint-'));
    const path = join(folder, 'ink.jpg');
    const white = sharp({ create: { width: 16, height: 8, channels: 3, background: 'white' } });
    const black = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'black' } })
      .png()
      .toBuffer();
    await white
      .composite([{ input: black, left: 0, top: 0 }])
      .toColourspace('cmyk')
      .jpeg({ quality: 100 })
      .toFile(path);
    const { levels } = await readLevels(path);
    rmSync(folder, { recursive: true });
    expect(levels.channels).toBe(3);
    expect(Math.max(...levels.pixels.subarray(0, 9))).toBeLessThan(60);
    expect(Math.min(...levels.pixels.subarray(-9))).toBeGreaterThan(240);
  });
});
