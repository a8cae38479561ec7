import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Thumbnail } from '../../../src-main/contract/data.ts';
import { prepareFile } from '../../../src-main/engine/data/prepare.ts';
import { folderForFile } from '../../support/folder.ts';
import { put, smallDicom, smallPng } from '../../support/pictures.ts';
import { services } from './inProcess.ts';

const folder = folderForFile();
let engine: Awaited<ReturnType<typeof services>>;
beforeAll(async () => {
  engine = await services(join(folder, 'workspace'));
  put(folder, 'wide.png', await sharp(await smallPng(3, 40)).resize(60, 25, { fit: 'fill' }).png().toBuffer()); // prettier-ignore
  put(folder, 'colour.png', await sharp({ create: { width: 20, height: 30, channels: 3, background: '#c84020' } }).png().toBuffer()); // prettier-ignore
  put(folder, 'deep/p.dcm', smallDicom(1, 'X-17'));
  put(folder, 'text.png', 'no picture');
  for (let index = 0; index < 300; index++) put(folder, `many/${index}.png`, await smallPng(index, 64));
});
afterAll(() => engine.close());

const told = async (input: { files: string[]; size?: number; format?: 'png' }) => {
  const events: Thumbnail[] = [];
  const output = await engine.call('data.thumbnails', { folder, ...input }, (event) => events.push(event));
  return { output, events: events.sort((a, b) => a.index - b.index) };
};

/** First channel of every pixel. */
async function levelsOf(image: Uint8Array, channels = 3): Promise<Uint8Array> {
  const { data, info } = await sharp(image).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return Uint8Array.from({ length: (data.length / info.channels) * channels }, (_, i) => data[Math.floor(i / channels) * info.channels + (i % channels)]!); // prettier-ignore
}

describe('data.thumbnails', () => {
  const files = ['wide.png', 'text.png', 'deep/p.dcm', '../secret.png', 'none.png', 'colour.png'];

  it('tells each image as the network will see it, and what cannot be read with its reason', async () => {
    const { output, events } = await told({ files, size: 32, format: 'png' });
    expect(output).toEqual({ images: 3, problems: 3 });
    expect(events.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(events.map((event) => ('problem' in event ? event.problem.code : [event.width, event.height]))).toEqual([
      ...[[60, 25], 'IMAGE_WRONG_TYPE', [24, 24], 'FILE_NOT_READABLE', 'FILE_NOT_READABLE', [20, 30]],
    ]);
    expect(events[3]).toMatchObject({ problem: { message: 'The file is not in the data folder.' } });
    for (const event of events)
      if (!('problem' in event)) {
        const { pixels } = await prepareFile(join(folder, files[event.index]!), { size: 32, fit: 'letterbox' });
        expect(await levelsOf(event.image)).toEqual(pixels);
      }
    // A grey image takes one channel, not three.
    const [grey, colour] = [events[2], events[5]] as { image: Uint8Array }[];
    expect((await sharp(grey!.image).metadata()).channels).toBe(1);
    expect((await sharp(colour!.image).metadata()).channels).toBe(3);
  });

  it('are small and look the same where every level need not be kept', async () => {
    const { events } = await told({ files: ['colour.png'] });
    const { image } = events[0] as { image: Uint8Array };
    expect(await sharp(image).metadata()).toMatchObject({ format: 'jpeg', width: 128, height: 128 });
    const middle = (await levelsOf(image)).subarray((64 * 128 + 64) * 3).subarray(0, 3);
    [0xc8, 0x40, 0x20].forEach((level, channel) => expect(Math.abs(middle[channel]! - level)).toBeLessThan(6));
  });

  it('gives what data.preview gives', async () => {
    const preview = await engine.call('data.preview', { folder, file: 'deep/p.dcm', size: 32 });
    const { events } = await told({ files: ['deep/p.dcm'], size: 32, format: 'png' });
    expect(events[0]).toEqual({
      ...{ index: 0, image: preview.png, notes: preview.notes },
      ...{ width: preview.width, height: preview.height },
    });
  });

  it('stops where nobody waits any more', async () => {
    const abort = new AbortController();
    let heard = 0;
    const call = engine.call(
      'data.thumbnails',
      { folder, files: Array.from({ length: 300 }, (_, index) => `many/${index}.png`) },
      () => ++heard === 3 && abort.abort(),
      abort.signal,
    );
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    const then = heard;
    expect(then).toBeLessThan(30);
    await engine.call('data.preview', { folder, file: 'wide.png', size: 32 });
    expect(heard).toBe(then);
  });

  it('of no files are none', async () => {
    expect((await told({ files: [] })).output).toEqual({ images: 0, problems: 0 });
  });
});
