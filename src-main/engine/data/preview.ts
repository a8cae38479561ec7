import { join } from 'node:path';
import sharp from 'sharp';
import { CutpointError } from '../../contract/errors.ts';
import type { AppliedScale } from '../../contract/greyScale.ts';
import { WorkerPool } from './pool.ts';

export interface Preview {
  /** PNG, size × size. */
  png: Uint8Array<ArrayBuffer>;
  /** Of the image itself, in pixels. */
  width: number;
  height: number;
  notes: string[];
}

let pool: WorkerPool | undefined;

/**
 * An image of a data folder as the network will see it, letterboxed. `file` is relative to `folder` and stays below it.
 * Throws what `readImage` throws; FILE_NOT_READABLE for a path that leads out of the folder.
 */
export async function previewImage(
  folder: string,
  file: string,
  { size, greyScale }: { size: number; greyScale?: AppliedScale },
): Promise<Preview> {
  if (file.split(/[\\/]/).includes('..'))
    throw new CutpointError('FILE_NOT_READABLE', 'The file is not in the data folder.');
  pool ??= new WorkerPool({ size: 1 });
  const { pixels, width, height, notes } = await pool.run('prepare', {
    path: join(folder, file),
    size,
    fit: 'letterbox',
    scale: greyScale,
  });
  const png = await sharp(pixels, { raw: { width: size, height: size, channels: 3 } })
    .png()
    .toBuffer();
  return { png: new Uint8Array(png), width, height, notes: notes.map(({ message }) => message) };
}
