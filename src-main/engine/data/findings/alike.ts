import { findingOf } from '../../../contract/findings.ts';
import { listed } from '../labels.ts';
import type { Notice } from './scanned.ts';

const spelt = (name: string): string =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[\s_]+/g, ' ').trim(); // prettier-ignore

/** Names that differ in case, blanks or accents only, together. */
export const alikeNames = (names: readonly string[]): string[][] =>
  [...Map.groupBy(names, spelt).values()].filter((own) => own.length > 1);

/** Blanks at an end are seen between quotation marks only. */
export const namesAlike: Notice = (_, classes) => {
  const images = new Map(classes.map((each) => [each.name, each.images]));
  return alikeNames([...images.keys()]).map((own) => {
    const [most] = [...own].sort((a, b) => images.get(b)! - images.get(a)!);
    const join = own.flatMap((name) => (name === most ? [] : `"${name}=${most}"`)).join(' ');
    return findingOf('CLASS_NAMES_ALIKE', `The classes ${listed(own.map((name) => `"${name}" (${images.get(name)})`))} differ in case, blanks or accents only. If they are one: \`--join ${join}\`, or join them in the window.`); // prettier-ignore
  });
};
