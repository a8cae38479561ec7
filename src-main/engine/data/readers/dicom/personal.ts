import type { HeaderValue } from '../../../../contract/subgroups.ts';
import { ofHeader } from './beginning.ts';
import { parseHeader } from './header.ts';

/** Tags of PS3.6; a scanner is its maker and its model. */
const TAGS: Readonly<Record<HeaderValue, readonly string[]>> = {
  age: ['x00101010'],
  sex: ['x00100040'],
  scanner: ['x00080070', 'x00081090'],
  site: ['x00080080'],
  'body-part': ['x00180015'],
  view: ['x00185101'],
};

/** Parts of a year, as PS3.5 writes ages: `045Y`, `006M`. */
const YEARS: Readonly<Record<string, number>> = { Y: 1, M: 1 / 12, W: 7 / 365.25, D: 1 / 365.25 };

/**
 * One value of the header of a DICOM file; an age in years. Null where the file does not say, or is no DICOM file.
 */
export async function readHeaderValue(path: string, value: HeaderValue): Promise<string | null> {
  const text = await ofHeader(path, (beginning) => {
    const { data } = parseHeader(beginning);
    return TAGS[value].map((tag) => data.string(tag)?.trim() ?? '').join(' ').trim(); // prettier-ignore
  }).catch(() => '');
  return value === 'age' ? yearsOf(text) : text || null;
}

function yearsOf(text: string): string | null {
  const [, number, unit] = /^(\d{1,3})([YMWD])$/.exec(text) ?? [];
  return number === undefined ? null : String(Number((Number(number) * YEARS[unit!]!).toFixed(2)));
}
