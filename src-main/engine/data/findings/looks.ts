import { findingOf } from '../../../contract/findings.ts';
import { listed } from '../labels.ts';
import { plural } from './counting.ts';
import type { Notice, Scanned } from './scanned.ts';

/** Files named in a sentence. */
const NAMED = 3;

const names = (images: readonly number[], found: Scanned): string =>
  listed(
    images.map((at) => found.images[at]!.file),
    NAMED,
  );

/** Images of one level. */
export const blankImages: Notice = (found) => {
  const { blank } = found.appearance;
  if (blank.length === 0) return [];
  const message = `Blank or almost: ${plural(blank.length, 'image')} of one level or hardly more, ${names(blank, found)}.`;
  return [findingOf('BLANK', message)];
};

/** Negatives among positives. */
export const invertedImages: Notice = (found) => {
  const { inverted } = found.appearance;
  if (inverted.length === 0) return [];
  const message = `Dark where the others are bright, as a negative is: ${plural(inverted.length, 'image')}, ${names(inverted, found)}. Among chest X-rays, 98 of 100 negatives are found so.`;
  return [findingOf('INVERTED', message)];
};

/** What looks like writing along the borders. */
export const burnedText: Notice = (found) => {
  const { text } = found.appearance;
  if (text.length === 0) return [];
  const message = `What looks like text is along the borders of ${plural(text.length, 'image')}: ${names(text, found)}. It may name a patient, and a network may learn it. Of lines of text in chest X-rays about 9 of 10 are found; text that runs upwards and single letters are not looked for.`;
  return [findingOf('BURNED_TEXT', message)];
};
