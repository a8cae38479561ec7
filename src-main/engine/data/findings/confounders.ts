import { findingOf } from '../../../contract/findings.ts';
import type { Notice } from './scanned.ts';

/** Fewer images of a value could go with a class by chance. */
const LEAST_IMAGES = 3;

/**
 * What tells the classes apart without a look at what is pictured: the format of the file, the scanner, the size. The
 * network will find it too.
 */
export const confounders: Notice = ({ images, scanners }) => {
  const label = (index: number) => images[index]!.label;
  const told: [code: string, what: string, valueOf: (index: number) => string | undefined][] = [
    ['LABEL_IS_FORMAT', 'the file format', (index) => images[index]!.format],
    ['LABEL_IS_SCANNER', 'the scanner', (index) => scanners[index]],
    ['LABEL_IS_SIZE', 'the size in pixels', (index) => `${images[index]!.width} × ${images[index]!.height}`],
  ];
  return told.flatMap(([code, what, valueOf]) => {
    const values = Map.groupBy(images.keys(), valueOf);
    if (values.has(undefined) || !tells(values, label, images.length)) return [];
    const message = `${what.charAt(0).toUpperCase()}${what.slice(1)} alone tells the classes apart: each of the ${values.size} that occur goes with one class only. A network learns that instead of what the images show.`;
    return [findingOf(code, message)];
  });
};

/** Every value goes with one class, and stands for enough images that it does not by chance. */
function tells(
  values: ReadonlyMap<string | undefined, readonly number[]>,
  label: (index: number) => string,
  images: number,
): boolean {
  const classes = [...values.values()].map((own) => new Set(own.map(label)));
  if (values.size < 2 || values.size * LEAST_IMAGES > images) return false;
  if (new Set(classes.flatMap((own) => [...own])).size < 2) return false;
  return classes.every((own) => own.size === 1) && [...values.values()].every((own) => own.length >= LEAST_IMAGES);
}
