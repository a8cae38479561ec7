import sharp from 'sharp';
import type { FileProblem } from '../../contract/data.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { CallContext, OutputOf, ParsedInputOf } from '../../contract/index.ts';
import { mirrorsAtFirst } from '../../contract/mirroring.ts';
import { placeOf } from '../../userPath.ts';
import { runAll } from '../data/pool.ts';
import { pathIn } from '../data/preview.ts';
import { isGrey } from '../data/readers/picture.ts';
import { augmentBytes } from '../network/augment.ts';
import { generator } from '../random.ts';
import { withEngine } from '../tensor/engines.ts';

/** Images as a network sees them in training. @throws CutpointError CANCELLED, ENGINE_UNAVAILABLE */
export async function augmentedImages(
  { folder, files, input: size, fit, greyScale, seed, count, augmentation }: ParsedInputOf<'data.augmented'>,
  { signal }: CallContext<'data.augmented'>,
): Promise<OutputOf<'data.augmented'>> {
  const root = placeOf(folder);
  const read: { file: string; pixels: Uint8Array }[] = [];
  const problems: FileProblem[] = [];
  const inputs = files.map((file) => ({ path: pathIn(root, file), size, fit, ...(greyScale && { scale: greyScale }) }));
  await runAll('prepare', inputs, {
    signal,
    done(at, outcome) {
      const file = files[at]!;
      if (outcome instanceof CutpointError) problems.push({ file, code: outcome.code, message: outcome.message });
      else read[at] = { file, pixels: outcome.pixels };
    },
  });
  const whole = read.filter(Boolean);
  // A run asks all of its training images.
  const grey = whole.filter(({ pixels }) => isGrey({ channels: 3, samples: pixels })).length;
  const { flipHorizontal = mirrorsAtFirst({ images: whole.length, grey }) } = augmentation;
  const settings = { ...augmentation, flipHorizontal };
  const encode = (pixels: Uint8Array): Promise<Uint8Array<ArrayBuffer>> =>
    sharp(pixels, { raw: { width: size, height: size, channels: 3 } }).png().toBuffer().then((png) => new Uint8Array(png)); // prettier-ignore
  const epochs = await withEngine('auto', async ({ ops }) =>
    Array.from(
      { length: count },
      (_, epoch) =>
      augmentBytes(whole.map(({ pixels }) => pixels), size, settings, { ops, random: generator(seed, 'augment', epoch + 1, 1) }), // prettier-ignore
    ),
  );
  const images = await Promise.all(
    whole.map(async ({ file, pixels }, at) => ({
      file,
      plain: await encode(pixels),
      variants: await Promise.all(epochs.map((variants) => encode(variants[at]!))),
    })),
  );
  return { images, problems };
}
