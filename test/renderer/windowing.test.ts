import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImagePixels } from '../../src-main/contract/data.ts';
import { pixelsOf } from '../../src-main/engine/data/pixels.ts';
import {
  adjusted,
  firstWindow,
  levelsOf,
  middleRange,
  presetsOf,
  samplesOf,
  wholeRange,
} from '../../src-renderer/features/viewer/windowing.ts';

const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../golden/data/dicom_display.json'), 'utf8')) as {
  files: Record<string, { size: [number, number]; levels: number[] }>;
};
const fixtures = join(import.meta.dirname, '../fixtures/dicom');

/** Every fourth byte: red, which is green and blue in a grey image. */
const grey = (levels: Uint8ClampedArray): number[] => Array.from(levels.filter((_, at) => at % 4 === 0));

function image(
  type: ImagePixels['type'],
  samples: ArrayBufferView<ArrayBuffer>,
  more: Partial<ImagePixels> = {},
): ImagePixels {
  const bytes = new Uint8Array(samples.buffer);
  return {
    ...{ format: 'PNG', width: 4, height: 1, channels: 1, type, samples: bytes, bitsStored: null, dicom: null },
    ...{ frames: 1, frame: 0, notes: [] },
    ...more,
  };
}

describe('the window of a DICOM file', () => {
  it.each(['linear', 'linear-exact', 'sigmoid', 'mono1-two-windows', 'signed-rescale'])(
    '%s is shown as pydicom shows it, to one level',
    async (name) => {
      const pixels = await pixelsOf(join(fixtures, `${name}.dcm`));
      const samples = samplesOf(pixels);
      const { levels, width, height } = levelsOf(pixels, samples, {
        window: firstWindow(pixels, samples),
        inverted: false,
      });
      const expected = golden.files[`${name}.dcm`]!;
      expect([width, height]).toEqual(expected.size);
      grey(levels).forEach((level, at) => expect(Math.abs(level - expected.levels[at]!)).toBeLessThanOrEqual(1));
    },
  );
});

describe('a window of one’s own', () => {
  const deep = image('int16', Int16Array.of(-100, 0, 100, 300));
  const samples = samplesOf(deep);
  const shown = (window: { centre: number; width: number }, inverted = false, of = deep): number[] =>
    grey(levelsOf(of, samples, { window: { ...window, kind: 'LINEAR_EXACT' }, inverted }).levels);

  it('is linear from black to white, clipped outside, and turned round where it is inverted', () => {
    expect(shown({ centre: 50, width: 100 })).toEqual([0, 0, 255, 255]);
    expect(shown({ centre: 100, width: 400 })).toEqual([0, 64, 128, 255]);
    expect(shown({ centre: 100, width: 400 }, true)).toEqual([255, 191, 128, 0]);
    const dicom = { photometric: 'MONOCHROME1', rescale: { slope: 2, intercept: -100 }, windows: [], tables: { modality: false, voi: false } }; // prettier-ignore
    expect(shown({ centre: 100, width: 800 }, false, { ...deep, dicom })).toEqual([255, 191, 128, 0]);
  });

  it('of the whole range goes from the lowest to the highest value, of the middle leaves the ends out', () => {
    expect(wholeRange(deep, samples)).toEqual({ centre: 100, width: 400, kind: 'LINEAR_EXACT' });
    const many = image(
      'uint16',
      Uint16Array.from({ length: 1001 }, (_, at) => (at === 1000 ? 60_000 : at)),
    );
    expect(middleRange(many, samplesOf(many), 0.01)).toEqual({ centre: 500, width: 980, kind: 'LINEAR_EXACT' });
  });

  it('of colours and of levels that are none yet is what they are', () => {
    const colour = image('uint8', Uint8Array.of(9, 8, 7, 0, 128, 255), { channels: 3, width: 2 });
    const own = samplesOf(colour);
    expect([...levelsOf(colour, own, { window: firstWindow(colour, own), inverted: false }).levels]).toEqual([9, 8, 7, 255, 0, 128, 255, 255]); // prettier-ignore
  });

  it('thins out what has more pixels than a screen', () => {
    const wide = image(
      'uint8',
      Uint8Array.from({ length: 16 }, (_, at) => at * 10),
      { width: 4, height: 4 },
    );
    const { levels, ...size } = levelsOf(wide, samplesOf(wide), { window: { centre: 127.5, width: 255, kind: 'LINEAR_EXACT' }, inverted: false, step: 2 }); // prettier-ignore
    expect(size).toEqual({ width: 2, height: 2 });
    expect(grey(levels)).toEqual([0, 20, 80, 100]);
  });
});

describe('a window by hand', () => {
  const window = { centre: 40, width: 400, kind: 'LINEAR' as const };
  it('becomes wider and darker by shares of the whole range, whichever way brightness goes', () => {
    const of = { whole: 1000, turned: false };
    expect(adjusted(window, { wider: 0.1, darker: 0 }, of)).toEqual({ centre: 40, width: 500, kind: 'LINEAR_EXACT' });
    expect(adjusted(window, { wider: 0, darker: 0.1 }, of).centre).toBe(140);
    expect(adjusted(window, { wider: 0, darker: 0.1 }, { ...of, turned: true }).centre).toBe(-60);
  });

  it('is never without a width, and a sigmoid stays one', () => {
    const narrow = adjusted({ ...window, kind: 'SIGMOID' }, { wider: -5, darker: 0 }, { whole: 1000, turned: false });
    expect(narrow).toEqual({ centre: 40, width: 0.1, kind: 'SIGMOID' });
  });
});

it('presets are the windows of the file, else how it was opened, then the whole range and its middle', () => {
  const plain = image('uint16', Uint16Array.of(0, 10, 20, 4000));
  const samples = samplesOf(plain);
  const range = wholeRange(plain, samples);
  const kinds = (pixels: ImagePixels) => presetsOf({ pixels, samples, range }).map(({ kind }) => kind);
  expect(kinds(plain)).toEqual(['opened', 'whole', 'middle']);
  const windows = [40, 50].map((centre) => ({ centre, width: 400, kind: 'LINEAR' as const }));
  const tables = { modality: false, voi: false };
  const dicom = { photometric: 'MONOCHROME2', rescale: null, windows, tables };
  expect(kinds({ ...plain, dicom })).toEqual(['file', 'file', 'whole', 'middle']);
});
