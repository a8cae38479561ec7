import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLevels } from '../../../../src-main/engine/data/readers/read.ts';
import { sharedData } from '../../../support/shared.ts';

const faults = sharedData('..', 'faults');
const read = async (...file: string[]) => {
  const { levels, notes } = await readLevels(join(faults!, ...file));
  const { pixels } = levels;
  const mean = pixels.reduce((sum, level) => sum + level, 0) / pixels.length;
  return { low: Math.min(...pixels), high: Math.max(...pixels), mean, notes: notes.map(({ code }) => code) };
};

describe.skipIf(!faults)('inputs that went wrong', () => {
  it.each([
    // Lowest, highest and mean level: of profiles by littlecms, of DICOM by pydicom.
    ['png/icc_linear.png', 112, 240, 185.62, ['PROFILE']],
    ['png/rgb12bit.png', 0, 255, 127.5, ['RANGE']],
    ['dicom/agfa_voilut16.dcm', 0, 251, 125.55, ['LUT']],
    ['dicom/implicit_signed_voilut.dcm', 0, 255, 128.58, []],
    ['dicom/palette_signed.dcm', 0, 252, 126, []],
    ['dicom/win_wrongvr_US.dcm', 0, 255, 190.8, ['WINDOW']],
  ] as const)('%s', async (file, low, high, mean, notes) => {
    const found = await read(file);
    expect(found).toMatchObject({ low, high, notes });
    expect(Math.abs(found.mean - mean)).toBeLessThan(0.1);
  });

  it.each([
    ['dicom/seg.dcm', 'This is a segmentation, not an image.'],
    ['dicom/mpeg4.dcm', 'This is a video (MPEG-4), which Cutpoint does not read.'],
    ['hostile/deflate-2.3GB.dcm', 'The image has 250 MB of samples; Cutpoint reads up to 192 MB.'],
  ])('%s is left out, by name', async (file, message) => {
    await expect(read(file)).rejects.toThrow(message);
  });
});
