import { cpSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { GreyScale } from '../../../src-main/contract/greyScale.ts';
import { resolveScale } from '../../../src-main/engine/data/greyScale.ts';
import { prepareFile } from '../../../src-main/engine/data/prepare.ts';
import type { Extent } from '../../../src-main/engine/data/readers/scale.ts';
import { scanDataset } from '../../../src-main/engine/data/scan.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put } from '../../support/pictures.ts';
import { sharedData } from '../../support/shared.ts';

const extent = (low: number, high: number, whole = true): Extent => ({ low, high, whole, prefersDeclared: false });
const many = (...ranges: [number, number][]) => ranges.map(([low, high]) => extent(low, high));

describe('the scale of a folder', () => {
  it.each([
    ['12 bits in 16', many([0, 4000], [10, 900]), { black: 0, white: 4095 }],
    ['16 bits, brightness is the class', many([6880, 12452], [27665, 32761]), { black: 0, white: 65535 }],
    ['an offset of 32768, as of CT in PNG', many([31744, 35000], [31800, 36000]), { black: 31744, white: 36000 }],
    ['Hounsfield units', many([-1024, 3071], [-1000, 2000]), { black: -1024, white: 3071 }],
    ['fractions', [extent(0, 0.9, false), extent(0.1, 1, false)], { black: 0, white: 1 }],
    ['two devices, of 12 and 16 bits', many([0, 4095], [0, 4000], [0, 65535], [0, 60000]), 'picture'],
    ['one value everywhere', many([7, 7]), 'picture'],
    ['no such picture', [], 'full'],
  ] as const)('%s', (_name, extents, expected) => {
    expect(resolveScale(extents)).toEqual(expected);
  });

  it('as asked for', () => {
    const extents = many([5, 100], [50, 3000]);
    expect(resolveScale(extents, 'folder')).toEqual({ black: 5, white: 3000 });
    for (const chosen of ['full', 'picture', { black: 0, white: 10 }] satisfies GreyScale[])
      expect(resolveScale(extents, chosen)).toEqual(chosen);
  });
});

/** A picture of 24 × 24 whose values are around `centre`. */
const deep = (centre: number) =>
  sharp(
    Uint16Array.from({ length: 576 }, (_, index) => centre + ((index * 37) % 1024) - 512),
    {
      raw: { width: 24, height: 24, channels: 1 },
    },
  )
    .toColourspace('grey16')
    .png()
    .toBuffer();

describe('pictures of 16 bits', () => {
  async function study(): Promise<string> {
    const folder = temporaryFolder();
    for (let patient = 0; patient < 4; patient++) {
      put(folder, `dark/${patient}.png`, await deep(9000 + patient));
      put(folder, `bright/${patient}.png`, await deep(30000 + patient));
    }
    return folder;
  }

  it('keep their brightness by default, and the audit says how', async () => {
    const folder = await study();
    const { selection, report } = await scanDataset({ folder }, { salt: '' });
    expect(selection.greyScale).toEqual({ black: 0, white: 65535 });
    expect(report.greyScale).toEqual({
      images: 8,
      low: 8488,
      high: 30514,
      applied: { black: 0, white: 65535 },
      preview: true,
    });
    expect(report.warnings.find(({ code }) => code === 'SCALE')?.message).toBe(
      '8 images had no window, and values from 8488 to 30514; the grey scale shown is: 0 is black and 65535 is white in all images. A run fits its own to its training images.',
    );
    const mean = async (file: string) => {
      const view = { size: 24, fit: 'letterbox', scale: { black: 0, white: 65535 } } as const;
      const { pixels, notes } = await prepareFile(join(folder, file), view);
      expect(notes.map(({ code }) => code)).toEqual(['SCALE']);
      return pixels.reduce((sum, level) => sum + level, 0) / pixels.length;
    };
    expect(await mean('dark/0.png')).toBeCloseTo(9000 / 257, 0);
    expect(await mean('bright/0.png')).toBeCloseTo(30000 / 257, 0);
  });

  it('one by one where that is asked for; values beyond a scale are said', async () => {
    const folder = await study();
    const codes = async (greyScale: GreyScale) =>
      (await scanDataset({ folder, greyScale }, { salt: '' })).report.warnings.map(({ code }) => code);
    expect(await codes('picture')).toContain('RANGE');
    expect(await codes({ black: 0, white: 20000 })).toEqual(expect.arrayContaining(['SCALE', 'CLIPPED']));
    expect(await codes({ black: 0, white: 1e6 })).toEqual(expect.arrayContaining(['SCALE', 'DARK']));
  });
});

const bright = sharedData('..', 'faults', 'png');
describe.skipIf(!bright)('the same pictures in 8 and 16 bits', () => {
  it('are the same to the network', async () => {
    const folder = temporaryFolder();
    cpSync(join(bright!, 'bright16'), folder, { recursive: true });
    const { selection, images } = await scanDataset({ folder }, { salt: '' });
    const view = {
      size: 48,
      fit: 'letterbox',
      scale: selection.greyScale as { black: number; white: number },
    } as const;
    for (const { file } of images.slice(0, 8)) {
      const { pixels } = await prepareFile(join(folder, file), view);
      const eight = await prepareFile(join(bright!, 'bright8', file), view);
      const largest = Math.max(...pixels.map((level, index) => Math.abs(level - eight.pixels[index]!)));
      expect(largest).toBeLessThanOrEqual(1);
    }
  });
});
