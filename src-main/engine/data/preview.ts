import { join } from 'node:path';
import type { CallContext, OutputOf, ParsedInputOf } from '../../contract/index.ts';
import { CutpointError } from '../../contract/errors.ts';
import { placeOf } from '../../userPath.ts';
import { runOn } from './pool.ts';
import { readers } from './readerThreads.ts';
import type { Note } from './readers/picture.ts';

/**
 * An image of a data folder as the network will see it, letterboxed.
 * @throws what `readImage` throws; FILE_NOT_READABLE for a path that leads out of the folder
 */
export async function previewImage({
  folder,
  file,
  size,
  greyScale,
}: ParsedInputOf<'data.preview'>): Promise<OutputOf<'data.preview'>> {
  const path = pathIn(placeOf(folder), file);
  const { image, ...of } = await readers().run('thumbnail', { path, size, scale: greyScale, format: 'png' });
  return { png: image, width: of.width, height: of.height, notes: sentences(of.notes) };
}

/**
 * An image of a data folder at full depth.
 * @throws what `readImage` throws; FILE_NOT_READABLE for a path that leads out of the folder
 */
export const imagePixels = ({ folder, file, frame }: ParsedInputOf<'data.pixels'>): Promise<OutputOf<'data.pixels'>> =>
  readers().run('pixels', { path: pathIn(placeOf(folder), file), frame });

/** What a file says of its image. @throws as {@link imagePixels} */
export const fileHeader = ({ folder, file }: ParsedInputOf<'data.header'>): Promise<OutputOf<'data.header'>> =>
  readers().run('header', { path: pathIn(placeOf(folder), file) });

/**
 * Many images of a data folder in the same way, each told as soon as it is read, in any order; one that cannot be read is
 * told with its reason, and does not stop the others.
 * @throws CANCELLED
 */
export async function thumbnails(
  { folder, files, size, greyScale, format }: ParsedInputOf<'data.thumbnails'>,
  { signal, progress }: CallContext<'data.thumbnails'>,
): Promise<OutputOf<'data.thumbnails'>> {
  const root = placeOf(folder);
  const told = { images: 0, problems: 0 };
  const refuse = (index: number, { code, message }: CutpointError): void => {
    told.problems++;
    progress({ index, problem: { code, message } });
  };
  const inside: { index: number; path: string }[] = [];
  files.forEach((file, index) => {
    try {
      inside.push({ index, path: pathIn(root, file) });
    } catch (thrown) {
      refuse(index, CutpointError.from(thrown));
    }
  });
  await runOn(
    readers(),
    'thumbnail',
    inside.map(({ path }) => ({ path, size, scale: greyScale, format })),
    {
      signal,
      done(at, outcome) {
        const { index } = inside[at]!;
        if (outcome instanceof CutpointError) return refuse(index, outcome);
        told.images++;
        progress({ index, ...outcome, notes: sentences(outcome.notes) });
      },
    },
  );
  return told;
}

/** `file` is relative to `folder` and stays below it. @throws FILE_NOT_READABLE */
export function pathIn(folder: string, file: string): string {
  if (!file.split(/[\\/]/).includes('..')) return join(folder, file);
  throw new CutpointError('FILE_NOT_READABLE', 'The file is not in the data folder.');
}

const sentences = (notes: readonly Note[]): string[] => notes.map(({ message }) => message);
