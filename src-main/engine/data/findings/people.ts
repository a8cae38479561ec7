import { findingOf } from '../../../contract/findings.ts';
import { medianAge } from '../people.ts';
import type { Identity } from '../readers/picture.ts';
import type { Notice } from './scanned.ts';

/** Of fewer images with an age or a sex, a class says little. */
const LEAST_IMAGES = 10;
/** Between classes that differ by less, nobody would choose to compare by it. */
const YEARS_APART = 10;
const SHARE_APART = 0.25;

/** What the headers say of the patients that differs from class to class, and that a network may learn instead. */
export const people: Notice = ({ peopleOfClass }) => {
  const classes = [...peopleOfClass];
  return [
    ...apart(classes, (own) => (own.filter(({ age }) => age !== undefined).length < LEAST_IMAGES ? undefined : medianAge(own)), YEARS_APART).map(([low, high]) => // prettier-ignore
      findingOf('AGES_DIFFER', `By the DICOM headers, the median age is ${low.value} years in "${low.name}" and ${high.value} years in "${high.name}". A network may learn age in place of what the classes mean; look at the results by age (subgroups, PatientAge).`)), // prettier-ignore
    ...apart(classes, womenAmong, SHARE_APART).map(([low, high]) =>
      findingOf('SEXES_DIFFER', `By the DICOM headers, ${percent(low.value)} of the images of "${low.name}" and ${percent(high.value)} of "${high.name}" are of women. A network may learn sex in place of what the classes mean; look at the results by sex (subgroups, PatientSex).`)), // prettier-ignore
  ];
};

/** Share of women among those whose sex is said. */
function womenAmong(own: readonly Identity[]): number | undefined {
  const known = own.filter(({ sex }) => sex === 'F' || sex === 'M');
  return known.length < LEAST_IMAGES ? undefined : known.filter(({ sex }) => sex === 'F').length / known.length;
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

type Valued = { name: string; value: number };

/** The classes with the least and the most, where they are far enough apart; nothing otherwise. */
function apart(
  classes: readonly (readonly [string, readonly Identity[]])[],
  valueOf: (own: readonly Identity[]) => number | undefined,
  least: number,
): [low: Valued, high: Valued][] {
  const known = classes
    .flatMap(([name, own]) => {
      const value = valueOf(own);
      return value === undefined ? [] : [{ name, value }];
    })
    .sort((a, b) => a.value - b.value);
  const [low, high] = [known[0], known.at(-1)];
  return low && high && high.value - low.value >= least ? [[low, high]] : [];
}
