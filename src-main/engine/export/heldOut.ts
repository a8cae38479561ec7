import type { Model } from '../../backbone/model.ts';
import { appliedTo } from '../../contract/greyScale.ts';
import type { RunSummary } from '../../contract/run.ts';
import type { Network } from '../execute/run.ts';
import type { Reference } from './verify.ts';
import type { Workspace } from '../store/workspace.ts';
import { openTest } from '../cohort/parts.ts';
import { prepareImages } from '../cohort/prepared.ts';
import { predictBytes } from '../network/predict.ts';

/** Held-out images on which every export is compared with the application. */
const VERIFIED_IMAGES = 32;

/** Images that a run was not trained on, as the network sees them. Close them after use. */
export interface HeldOut {
  /** Of these figures may be told: test images once the test set was opened, before that validation images of the same folder. */
  measured: { on: 'test' | 'validation'; indices: readonly number[] };
  /** Class by index. */
  labels: readonly number[];
  /** Where images may have several labels: of each, which it has, n × k. */
  rows?: Int8Array | undefined;
  /** All of them, test images first, and where they lie. */
  all: readonly { index: number; folder: string; file: string }[];
  /** Where those lie that `reference` is of. */
  files: readonly { folder: string; file: string }[];
  /** RGB pixels of an image. */
  read(index: number): Uint8Array;
  /** Test images, or validation images where there are too few, with what the application gives for them. */
  reference(network: Network, model: Model): Reference;
  close(): void;
}

/** Opens the test and validation images of a run. */
export async function heldOut(workspace: Workspace, run: RunSummary, signal: AbortSignal): Promise<HeldOut> {
  const part = await openTest(workspace, run.id, 'export check');
  const { dataset, indices: test, validation: spare } = part.images();
  const { plan, classes } = run;
  const only = [...test, ...spare];
  const scale = appliedTo(plan.data);
  const { cache, labels, rows } = await prepareImages(workspace, dataset, { plan, scale, classes, signal, only });
  const read = (index: number): Uint8Array => {
    const picture = new Uint8Array(cache.size * cache.size * 3);
    cache.read(index, picture, 0);
    return picture;
  };
  const placeOf = (index: number) => ({ folder: dataset.selection.folder, file: dataset.images[index]!.file });
  const verified = [...spread(test), ...spare].slice(0, VERIFIED_IMAGES);
  return {
    measured: run.testOpened === null ? { on: 'validation', indices: spare } : { on: 'test', indices: test },
    labels,
    rows,
    all: only.map((index) => ({ index, ...placeOf(index) })),
    files: verified.map(placeOf),
    read,
    reference: (network, model) => {
      const pictures = verified.map(read);
      const bytes = { bytes: Buffer.concat(pictures), n: pictures.length, size: model.input.width };
      return { images: pictures, expected: predictBytes(network, bytes, model.preprocessing) };
    },
    close: () => cache.close(),
  };
}

/** At most as many as are verified, from all over: images are sorted by name, and the first may be of one class. */
function spread(indices: readonly number[]): number[] {
  const count = Math.min(VERIFIED_IMAGES, indices.length);
  return Array.from({ length: count }, (_, at) => indices[Math.floor((at * indices.length) / count)]!);
}
