import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type CacheOptions, openImageCache } from '../../../src-main/engine/data/cache.ts';
import { prepareFile, resample } from '../../../src-main/engine/data/prepare.ts';
import { scanDataset } from '../../../src-main/engine/data/scan.ts';
import { damagedCopies } from '../../support/damage.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put, smallPng, smallStudy } from '../../support/pictures.ts';

async function options(): Promise<CacheOptions> {
  const folder = temporaryFolder();
  await smallStudy(folder);
  const { images } = await scanDataset({ folder }, { salt: '' });
  return { folder, images, size: 32, fit: 'letterbox', directory: join(temporaryFolder(), 'cache') };
}

describe('image cache', () => {
  it('holds each image as prediction would see it, at its index', async () => {
    const study = await options();
    const cache = await openImageCache(study);
    expect([cache.count, cache.size]).toEqual([16, 32]);
    const bytes = 32 * 32 * 3;
    const batch = new Uint8Array(3 * bytes).fill(7);
    for (const [index, { file }] of study.images.entries()) {
      cache.read(index, batch, bytes);
      const { pixels: expected } = await prepareFile(join(study.folder, file), study);
      expect(Buffer.compare(batch.subarray(bytes, 2 * bytes), expected)).toBe(0);
    }
    expect([batch[bytes - 1], batch[2 * bytes]]).toEqual([7, 7]);
    expect(() => cache.read(16, batch, 0)).toThrow(RangeError);
    cache.close();
    expect(() => cache.read(0, batch, 0)).toThrow('closed');
  });

  it('is built once, and anew for changed contents, another size or another fit', async () => {
    const study = await options();
    const count = () => readdirSync(study.directory).length;
    let decoded = 0;
    const onProgress = (done: number) => (decoded = Math.max(decoded, done));
    (await openImageCache({ ...study, onProgress })).close();
    expect([count(), decoded]).toEqual([1, 16]);
    (await openImageCache(study)).close();
    expect(count()).toBe(1);
    (await openImageCache({ ...study, size: 16 })).close();
    (await openImageCache({ ...study, fit: 'stretch' })).close();
    expect(count()).toBe(3);
    put(study.folder, 'a/p0_0.png', await smallPng(1000));
    const { images } = await scanDataset({ folder: study.folder }, { salt: '' });
    (await openImageCache({ ...study, images })).close();
    expect(count()).toBe(4);
  });

  it('an image that changed or broke after the audit is named, and nothing is left', async () => {
    const study = await options();
    put(study.folder, 'a/p0_0.png', await smallPng(1000));
    await expect(openImageCache(study)).rejects.toMatchObject({
      code: 'FILE_NOT_READABLE',
      message: 'a/p0_0.png changed after the audit.',
    });
    put(study.folder, 'a/p0_0.png', 'broken');
    await expect(openImageCache(study)).rejects.toMatchObject({
      code: 'IMAGE_WRONG_TYPE',
      message: expect.stringMatching(/^a\/p0_0\.png: /),
      details: { file: 'a/p0_0.png' },
    });
    expect(readdirSync(study.directory)).toEqual([]);
  });

  it('cancelled: nothing is left; and what a killed engine left is cleared', async () => {
    const study = await options();
    const control = new AbortController();
    const work = openImageCache({
      ...study,
      signal: control.signal,
      onProgress: (done) => done > 2 && control.abort(),
    });
    await expect(work).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(readdirSync(study.directory)).toEqual([]);
    writeFileSync(join(study.directory, 'abc.rgb.1-1.part'), 'left behind');
    (await openImageCache(study)).close();
    expect(readdirSync(study.directory)).toEqual([expect.stringMatching(/^[0-9a-f]{32}\.rgb$/)]);
  });

  const mountable =
    process.platform === 'linux' &&
    spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' }).status === 0;
  it.skipIf(!mountable)(
    'a full disk: said so, and nothing is left (skipped where nothing can be mounted)',
    async () => {
      const study = await options();
      const list = put(temporaryFolder(), 'study.json', JSON.stringify(study));
      // The mount is seen only by this shell and its children, and gone with them.
      const script = 'mount -t tmpfs -o size=64k tmpfs "$1"; "$2" "$3" "$4" "$1"; ls -A "$1"';
      const builder = fileURLToPath(new URL('./fixtures/buildCache.ts', import.meta.url));
      const args = ['-rm', 'sh', '-ec', script, 'sh', temporaryFolder(), process.execPath, builder, list];
      const { stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8' });
      expect(stdout.trim(), stderr).toBe('DISK_FULL');
    },
  );
});

describe.each([
  ['in memory', undefined],
  ['on the disk', 0],
])('a damaged image cache, read %s', (_, mostResident) => {
  const pixelsOf = async (options: CacheOptions): Promise<Buffer> => {
    const cache = await openImageCache({ ...options, mostResident });
    const pixels = Buffer.alloc(cache.count * 32 * 32 * 3);
    for (let index = 0; index < cache.count; index++) cache.read(index, pixels, index * 32 * 32 * 3);
    cache.close();
    return pixels;
  };

  it('gives the pixels that it gave before: what is damaged is decoded again, and only that', async () => {
    const study = await options();
    const pixels = await pixelsOf(study);
    const path = join(study.directory, readdirSync(study.directory)[0]!);
    const whole = readFileSync(path);
    for (const { how, damaged } of damagedCopies(whole, { seed: 13, times: 12 })) {
      writeFileSync(path, damaged);
      let mended = 0;
      expect((await pixelsOf({ ...study, onDamaged: (images) => (mended = images) })).equals(pixels), how).toBe(true);
      expect(readFileSync(path).equals(whole), how).toBe(true);
      if (how.startsWith('one bit')) expect(mended, how).toBe(1);
    }
  });

  it('and one of other images in its place, of the same size, is decoded anew', async () => {
    const study = await options();
    const pixels = await pixelsOf(study);
    const [own] = readdirSync(study.directory);
    await pixelsOf({ ...study, fit: 'stretch' });
    const other = readdirSync(study.directory).find((name) => name !== own)!;
    copyFileSync(join(study.directory, other), join(study.directory, own!));
    expect((await pixelsOf(study)).equals(pixels)).toBe(true);
  });

  it('names the image whose file is gone too, and asks for none that is not read', async () => {
    const study = await options();
    await pixelsOf(study);
    const path = join(study.directory, readdirSync(study.directory)[0]!);
    const damaged = readFileSync(path);
    damaged[5 * 32 * 32 * 3 + 100]! ^= 4;
    writeFileSync(path, damaged);
    const { file } = study.images[5]!;
    rmSync(join(study.folder, file));
    await expect(openImageCache({ ...study, mostResident })).rejects.toMatchObject({
      code: 'FILE_NOT_READABLE',
      message: expect.stringContaining(file),
    });
    const some = await openImageCache({ ...study, mostResident, only: [0, 4, 6] });
    const into = new Uint8Array(32 * 32 * 3);
    some.read(4, into, 0);
    expect(() => some.read(5, into, 0)).toThrow(expect.objectContaining({ code: 'CACHE_DAMAGED' }));
    some.close();
  });
});

describe('resampling', () => {
  /** Left half white, right half grey, twice as wide as high. */
  const wide = {
    width: 64,
    height: 32,
    channels: 1 as const,
    pixels: Uint8Array.from({ length: 64 * 32 }, (_, at) => (at % 64 < 32 ? 255 : 100)),
  };
  const at = (rgb: Uint8Array, x: number, y: number) =>
    Array.from(rgb.subarray((y * 32 + x) * 3, (y * 32 + x) * 3 + 3));

  it('letterbox keeps the whole picture between black bars', async () => {
    const rgb = resample(wide, { size: 32, fit: 'letterbox' });
    expect(rgb.length).toBe(32 * 32 * 3);
    expect([at(rgb, 4, 2), at(rgb, 4, 16), at(rgb, 28, 16), at(rgb, 28, 30)]).toEqual([
      [0, 0, 0],
      [255, 255, 255],
      [100, 100, 100],
      [0, 0, 0],
    ]);
  });

  it('stretch fills the square, crop takes its middle', async () => {
    const stretched = resample(wide, { size: 32, fit: 'stretch' });
    expect([at(stretched, 4, 0), at(stretched, 28, 31)]).toEqual([
      [255, 255, 255],
      [100, 100, 100],
    ]);
    const cropped = resample(wide, { size: 32, fit: 'crop' });
    expect([at(cropped, 2, 0), at(cropped, 29, 31)]).toEqual([
      [255, 255, 255],
      [100, 100, 100],
    ]);
  });

  it('the same size is the same picture; colour stays colour', async () => {
    const pixels = Uint8Array.from({ length: 32 * 32 * 3 }, (_, index) => (index * 13) % 256);
    const rgb = resample({ width: 32, height: 32, channels: 3, pixels }, { size: 32, fit: 'letterbox' });
    expect(Buffer.compare(rgb, pixels)).toBe(0);
  });

  it('shrinking a fine checkerboard gives grey: no aliasing', async () => {
    const pixels = Uint8Array.from({ length: 256 * 256 }, (_, index) =>
      ((index % 256) + Math.floor(index / 256)) % 2 === 0 ? 255 : 0,
    );
    const rgb = resample({ width: 256, height: 256, channels: 1, pixels }, { size: 32, fit: 'letterbox' });
    expect(Math.max(...rgb) - Math.min(...rgb)).toBeLessThan(4);
    expect(Math.abs(rgb[1500]! - 127.5)).toBeLessThan(3);
  });
});
