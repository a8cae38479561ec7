import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { CutpointError } from '../../../../src-main/contract/errors.ts';
import { decodeFrame } from '../../../../src-main/engine/data/readers/dicom/codecs.ts';
import { readStoredFrame } from '../../../../src-main/engine/data/readers/dicom/dicom.ts';
import { windowFunction } from '../../../../src-main/engine/data/readers/dicom/window.ts';
import { parseDicom } from '../../../../src-main/engine/data/readers/dicom/header.ts';
import { readLayout } from '../../../../src-main/engine/data/readers/dicom/layout.ts';
import { readImage, readLevels } from '../../../../src-main/engine/data/readers/read.ts';
import { temporaryFolder } from '../../../support/folder.ts';
import { put } from '../../../support/pictures.ts';
import { sharedData } from '../../../support/shared.ts';

const rows = (path: string) =>
  parse(readFileSync(path), { columns: true, bom: true }) as unknown as Record<string, string>[];

const synthetic = sharedData('dicom_synthetic');
describe.skipIf(!synthetic)('dicom_synthetic: stored samples equal the published hashes', () => {
  it.each(synthetic ? rows(join(synthetic, 'files.csv')) : [])('$file', async (row) => {
    const file = parseDicom(readFileSync(join(synthetic!, row.file!)));
    const layout = readLayout(file);
    const hash = createHash('sha256');
    for (let frame = 0; frame < layout.frames; frame++) {
      const { samples } = await readStoredFrame(file, layout, frame);
      hash.update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
    }
    expect(hash.digest('hex')).toBe(row.sha256_of_samples);
  });
});

const cxr = sharedData('dicom_cxr');
const pneumonia = sharedData('cxr_pneumonia');
/** Largest difference from the source in levels: none, the 4 added noise bits (one level), or the JPEG's loss. */
const LOSS: Record<string, number> = {
  plain8: 0,
  mono1_8: 0,
  rle8: 0,
  deflated8: 0,
  hu12: 1,
  mono1_12_implicit: 1,
  jpeg8: 8,
};
describe.skipIf(!cxr || !pneumonia)('dicom_cxr: every file equals its source within the loss of its encoding', () => {
  const files = cxr ? rows(join(cxr, 'labels.csv')) : [];
  it.each(Object.keys(LOSS))('%s', async (encoding) => {
    const chosen = files.filter((row) => row.encoding === encoding);
    expect(chosen).toHaveLength(24);
    for (const row of chosen) {
      const { levels } = await readLevels(join(cxr!, row.file!));
      const source = (await readLevels(join(pneumonia!, row.source_png!))).levels;
      expect([levels.width, levels.height, levels.channels]).toEqual([source.width, source.height, 1]);
      let largest = 0;
      let sum = 0;
      for (let pixel = 0; pixel < levels.pixels.length; pixel++) {
        const grey = source.pixels[pixel * source.channels]!;
        const difference = Math.abs(levels.pixels[pixel]! - grey);
        largest = Math.max(largest, difference);
        sum += difference;
      }
      expect(largest, row.file).toBeLessThanOrEqual(LOSS[encoding]!);
      expect(sum / levels.pixels.length, row.file).toBeLessThanOrEqual(LOSS[encoding] === 0 ? 0 : 0.3);
    }
  });

  it('gives the patient of the header, from the elements alone', async () => {
    for (const row of files.slice(0, 20))
      expect((await readImage(join(cxr!, row.file!))).identity?.patient).toBe(row.group);
  });
});

interface EdgeGolden {
  files: Record<
    string,
    { size: number[]; mean: number; std: number; at: number[]; levels: number[]; tolerance: number } | null
  >;
}
const edge = sharedData('dicom_edge');
const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../golden/data/dicom_edge.json'), 'utf8'),
) as EdgeGolden;
/** Files that pydicom cannot decode and Cutpoint can, and the refusals of others. */
const WITHOUT_GOLDEN: Record<string, string> = {
  // Dose grids and a segmentation: pydicom decodes them, but they are no pictures.
  'badVR.dcm': 'IMAGE_UNSUPPORTED',
  'liver_1frame.dcm': 'IMAGE_UNSUPPORTED',
  'rtdose_1frame.dcm': 'IMAGE_UNSUPPORTED',
  'rtdose_rle_1frame.dcm': 'IMAGE_UNSUPPORTED',
  'JPEG-lossy.dcm': 'picture',
  'JPEG2000-embedded-sequence-delimiter.dcm': 'IMAGE_CORRUPT',
  'MR_truncated.dcm': 'IMAGE_CORRUPT',
  'meta_missing_tsyntax.dcm': 'IMAGE_CORRUPT',
  'no_meta.dcm': 'IMAGE_WRONG_TYPE',
  'no_meta_group_length.dcm': 'IMAGE_UNSUPPORTED',
  'reportsi.dcm': 'IMAGE_UNSUPPORTED',
  'rtplan.dcm': 'IMAGE_UNSUPPORTED',
  'rtstruct.dcm': 'IMAGE_UNSUPPORTED',
  'test-SR.dcm': 'IMAGE_UNSUPPORTED',
  'waveform_ecg.dcm': 'IMAGE_UNSUPPORTED',
};
describe.skipIf(!edge)('dicom_edge: as pydicom, or a refusal with a code', () => {
  it.each(Object.entries(golden.files))('%s', async (file, expected) => {
    const path = join(edge!, file);
    if (!expected || file in WITHOUT_GOLDEN) {
      const outcome = await readLevels(path).then(
        () => 'picture',
        (error: unknown) => (error instanceof CutpointError ? error.code : error),
      );
      expect(outcome).toBe(WITHOUT_GOLDEN[file]);
      return;
    }
    const { levels } = await readLevels(path);
    expect([levels.width, levels.height]).toEqual(expected.size);
    expected.at.forEach((at, index) =>
      expect(Math.abs(levels.pixels[at]! - expected.levels[index]!)).toBeLessThanOrEqual(expected.tolerance),
    );
    const mean = levels.pixels.reduce((sum, level) => sum + level, 0) / levels.pixels.length;
    expect(Math.abs(mean - expected.mean)).toBeLessThanOrEqual(expected.tolerance === 0 ? 0.001 : 0.2);
  });

  it('says what a DICOM object without a picture is', async () => {
    await expect(readImage(join(edge!, 'rtplan.dcm'))).rejects.toThrow('This is a radiotherapy plan without an image.');
    await expect(readImage(join(edge!, 'test-SR.dcm'))).rejects.toThrow('structured report');
    await expect(readImage(join(edge!, 'waveform_ecg.dcm'))).rejects.toThrow('ECG');
  });
});

describe('window functions (PS3.3, C.11.2.1)', () => {
  it('linear: the standard’s example, 12 bits to full range and the bone window', () => {
    const full = windowFunction('LINEAR', 2048, 4096);
    expect(full(0)).toBeCloseTo(0, 10);
    expect(full(4095)).toBeCloseTo(255, 10);
    const narrow = windowFunction('LINEAR', 0, 100);
    expect(narrow(-50)).toBeCloseTo(0, 10);
    expect(narrow(49)).toBeCloseTo(255, 10);
  });
  it('linear exact, sigmoid, and the width of one', () => {
    const exact = windowFunction('LINEAR_EXACT', 0, 100);
    expect(exact(-50)).toBe(0);
    expect(exact(50)).toBe(255);
    const sigmoid = windowFunction('SIGMOID', 40, 400);
    expect(sigmoid(40)).toBe(127.5);
    expect(sigmoid(240)).toBeCloseTo(255 / (1 + Math.exp(-2)), 10);
    const step = windowFunction('LINEAR', 10, 1);
    expect([step(9), step(10)]).toEqual([0, 255]);
  });
});

interface DisplayGolden {
  files: Record<string, { size: number[]; levels: number[]; tolerance: number }>;
}
const display = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../golden/data/dicom_display.json'), 'utf8'),
) as DisplayGolden;
describe('windows and lookup tables as pydicom applies them', () => {
  it.each(Object.entries(display.files))('%s', async (file, expected) => {
    const { levels } = await readLevels(join(import.meta.dirname, '../../../fixtures/dicom', file));
    expect([levels.width, levels.height]).toEqual(expected.size);
    const differences = expected.levels.map((level, index) => Math.abs(level - levels.pixels[index]!));
    expect(Math.max(...differences)).toBeLessThanOrEqual(expected.tolerance);
  });
});

describe('HTJ2K (no file of it in the shared sets)', () => {
  it.each([
    ['8 bits', 8, 1],
    ['12 bits', 12, 1],
    ['colour', 8, 3],
  ] as const)('%s: decodes what another codec encoded, without loss', async (_name, bits, channels) => {
    const { Context, NativeCodecs } = (await import('dcmjs-codecs')).default;
    await NativeCodecs.initializeAsync();
    const [columns, rows] = [96, 64];
    const bitsAllocated = bits > 8 ? 16 : 8;
    const values = Array.from({ length: columns * rows * channels }, (_, index) => (index * 37) % 2 ** bits);
    const samples = bits > 8 ? Uint16Array.from(values) : Uint8Array.from(values);
    const encoded = NativeCodecs.encodeHtJpeg2000(
      new Context({
        width: columns,
        height: rows,
        bitsAllocated,
        bitsStored: bits,
        samplesPerPixel: channels,
        pixelRepresentation: 0,
        planarConfiguration: 0,
        photometricInterpretation: channels === 3 ? 'RGB' : 'MONOCHROME2',
        decodedBuffer: new Uint8Array(samples.buffer),
      }),
      { lossy: false },
    ).getEncodedBuffer()!;
    const layout = {
      rows,
      columns,
      frames: 1,
      samplesPerPixel: channels,
      photometric: channels === 3 ? 'RGB' : 'MONOCHROME2',
      bitsAllocated,
      bitsStored: bits,
      highBit: bits - 1,
      signed: false,
      planar: false,
      kind: 'integer' as const,
    };
    const decoded = await decodeFrame(Buffer.from(encoded), layout, '1.2.840.10008.1.2.4.201');
    expect(Array.from(decoded.samples)).toEqual(values);
  });
});

describe.skipIf(!synthetic)('dicom_synthetic, cut off', () => {
  it('is refused in every encoding', async () => {
    const folder = temporaryFolder();
    for (const { file } of rows(join(synthetic!, 'files.csv'))) {
      const bytes = readFileSync(join(synthetic!, file!));
      for (const share of [0.6, 0.97]) {
        const path = put(folder, 'cut.dcm', bytes.subarray(0, Math.floor(bytes.length * share)));
        const outcome = await readImage(path).then(
          () => 'read',
          (error: unknown) => (error as CutpointError).code,
        );
        // Cut before the pixel data, a small file has none: then it is no picture.
        expect(['IMAGE_CORRUPT', 'IMAGE_UNSUPPORTED'], `${file} at ${share}`).toContain(outcome);
      }
    }
  });
});

describe.skipIf(!synthetic)('a damaged file does not spoil the codec for the next', () => {
  it.each(['g12u__jls80.dcm', 'g8u__gj2k90.dcm', 'g12u__gjpeg70.dcm', 'rgb8__gjpeg70.dcm'])('%s', async (name) => {
    const intact = readFileSync(join(synthetic!, name));
    const decode = async (bytes: Buffer) => {
      const file = parseDicom(bytes);
      return readStoredFrame(file, readLayout(file), 0);
    };
    const before = await decode(intact);
    for (let turn = 0; turn < 40; turn++) {
      const damaged = Buffer.from(intact);
      const from = Math.floor(intact.length * (0.2 + turn / 60));
      for (let at = from; at < from + 40; at++) damaged[at] = (at * 97 + turn) % 256;
      await decode(damaged).catch(() => undefined);
      expect(Buffer.compare(bytesOf(await decode(intact)), bytesOf(before))).toBe(0);
    }
  });
});

function bytesOf({ samples }: { samples: NodeJS.TypedArray }): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}
