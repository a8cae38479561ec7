import type { DicomCounts } from '../../contract/data.ts';
import { type Counted, countedBy } from './findings/counting.ts';
import { OLDEST } from './readers/dicom/person.ts';
import type { Identity } from './readers/picture.ts';
import { compare } from './walk.ts';

type Known = Pick<Identity, 'age' | 'sex' | 'station' | 'date'>;
const NOT_SAID = 'not-said';

const sexesOf = (all: readonly Known[]): Counted => countedBy(all, ({ sex }) => sex ?? NOT_SAID);
const decadeOf = (age: number): string => age >= OLDEST ? `${OLDEST}+` : `${Math.floor(age / 10) * 10}–${Math.floor(age / 10) * 10 + 9}`; // prettier-ignore

/** The middle one, of two the mean; undefined of none. */
export function medianAge(all: readonly Known[]): number | undefined {
  const ages = all.flatMap(({ age }) => age ?? []).sort((a, b) => a - b);
  if (ages.length === 0) return undefined;
  const median = (ages[(ages.length - 1) >> 1]! + ages[ages.length >> 1]!) / 2;
  return Number(median.toFixed(1));
}

/**
 * Of whom, when and where images are: counts, and nothing that belongs to one image.
 * @param all of each DICOM image
 * @param classes the same by class
 */
export function peopleIn(
  all: readonly Known[],
  classes: ReadonlyMap<string, readonly Known[]>,
): Pick<DicomCounts, 'age' | 'sex' | 'year' | 'station' | 'classes'> {
  const ages = all.flatMap(({ age }) => age ?? []);
  const knowsPeople = all.some(({ age, sex }) => age !== undefined || sex !== undefined);
  const inOrder = (counted: Counted): Counted => counted.sort((a, b) => parseInt(a.value) - parseInt(b.value) || compare(a.value, b.value)); // prettier-ignore
  return {
    ...(ages.length > 0 && {
      age: {
        images: ages.length,
        min: ages.reduce((a, b) => Math.min(a, b)),
        median: medianAge(all)!,
        max: ages.reduce((a, b) => Math.max(a, b)),
        decades: inOrder(countedBy(ages, decadeOf)),
      },
    }),
    sex: sexesOf(all),
    year: inOrder(countedBy(all, ({ date }) => date?.slice(0, 4) ?? NOT_SAID)),
    station: byNumber(countedBy(all, ({ station }) => station ?? NOT_SAID)),
    ...(knowsPeople &&
      classes.size > 1 && {
        classes: [...classes]
          .map(([name, own]) => ({ name, images: own.length, age: medianAge(own) ?? null, sex: sexesOf(own) }))
          .sort((a, b) => compare(a.name, b.name)),
      }),
  };
}

/** Numbers in place of names: what a site calls a station may be anything, and what is reported is stored. */
function byNumber(stations: Counted): Counted {
  const named = stations.filter(({ value }) => value !== NOT_SAID);
  return stations.map((each) => (each.value === NOT_SAID ? each : { ...each, value: String(named.indexOf(each) + 1) }));
}
