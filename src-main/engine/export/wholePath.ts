import { join } from 'node:path';
import type { Model } from '../../backbone/model.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { RunSummary } from '../../contract/run.ts';
import { rgbOf } from '../data/prepare.ts';
import type { Network } from '../execute/run.ts';
import { predictOnnx } from './onnx/predict.ts';
import { parityOf, type WholeParity } from './verify.ts';
import { predictBytes } from '../network/predict.ts';
import { breathe } from '../breathe.ts';
import { readPictures } from '../cohort/pictures.ts';
import type { HeldOut } from './heldOut.ts';

/** After this, no further images are begun. */
const MOST_MILLISECONDS = 60_000;
/** Images between looks at the clock. */
const CHUNK = 8;

/**
 * Runs an ONNX file that resizes in its graph on the held-out images themselves, and compares with what the application
 * gives for them after its own resizing: on all of them, or where that takes too long, on those of a minute, from all over.
 * Files that are no longer there are left out.
 * @throws CutpointError EXPORT_MISMATCH as `verifyOnnx`, FILE_NOT_READABLE where none can be read, and the signal's reason
 */
export async function compareWholePath(
  path: string,
  { network, model, run, images }: { network: Network; model: Model; run: RunSummary; images: HeldOut },
  { signal, progress }: { signal: AbortSignal; progress(of: { message: string }): void },
): Promise<WholeParity> {
  const size = model.input.width;
  const order = images.all
    .map((image, at) => ({ ...image, place: (at * (Math.sqrt(5) - 1)) % 2 }))
    .sort((a, b) => a.place - b.place);
  const end = Date.now() + MOST_MILLISECONDS;
  const [given, expected] = [[] as Float32Array[], [] as Float32Array[]];
  let last: CutpointError | undefined;
  const file = await predictOnnx(path);
  try {
    for (let start = 0; start < order.length && (start === 0 || Date.now() < end); start += CHUNK) {
      progress({ message: `Comparing images at their own size: ${start} of ${order.length} images` });
      const chunk = order.slice(start, start + CHUNK);
      const paths = chunk.map(({ folder, file: name }) => join(folder, name));
      await readPictures(paths, run, model, {
        signal,
        async done(at, picture) {
          if (picture instanceof CutpointError) return void (last = picture);
          const { levels } = picture;
          given.push(await file.predict(rgbOf(levels.pixels, levels.channels), 1, levels));
          const bytes = images.read(chunk[at]!.index);
          expected.push(predictBytes(network, { bytes, n: 1, size }, model.preprocessing));
          await breathe();
        },
      });
    }
    if (given.length === 0) throw last!;
    const all = Float32Array.from(expected.flatMap((row) => [...row]));
    return { ...parityOf(given, { images: given, expected: all }, file), of: order.length };
  } finally {
    await file.close();
  }
}
