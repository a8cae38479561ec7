import type { DataSet } from 'dicom-parser';
import { dayOf } from '../../../../contract/day.ts';
import type { Identity } from '../picture.ts';
import { yearsOf } from './tags.ts';

/** Ages from here on are told as this one: of so old people there are few (45 CFR 164.514(b)(2)(i)(C)). */
export const OLDEST = 90;
/** An age beyond says that one of the dates is a placeholder. */
const MOST_YEARS = 130;
const SEXES = ['F', 'M', 'O'];

/** Age in years, sex, and when and where an image was made, as far as its header says. */
export function personOf(data: DataSet): Pick<Identity, 'age' | 'sex' | 'station' | 'date'> {
  const text = (tag: string): string => data.string(tag)?.trim() ?? '';
  const [acquired, studied, born] = ['x00080022', 'x00080020', 'x00100030'].map((tag) => dayIn(text(tag)));
  const sex = text('x00100040').toUpperCase();
  const station = text('x00081010');
  const date = acquired ?? studied;
  const said = yearsOf(text('x00101010'));
  const age = said === undefined ? yearsBetween(born, studied ?? acquired) : Number(said);
  return {
    ...(age !== undefined && { age: Math.min(OLDEST, age) }),
    // Whatever else stands there may be anything.
    ...(sex !== '' && { sex: SEXES.includes(sex) ? sex : 'O' }),
    ...(station !== '' && { station }),
    ...(date !== undefined && { date }),
  };
}

/** Older files write `1997.04.24`. */
const dayIn = (text: string): string | undefined => dayOf(text.replace(/^(\d{4})\.(\d{2})\.(\d{2})$/, '$1$2$3'));

/** Whole years from one day to another; undefined where that is no age. */
function yearsBetween(born: string | undefined, day: string | undefined): number | undefined {
  if (born === undefined || day === undefined) return undefined;
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4)) - (day.slice(5) < born.slice(5) ? 1 : 0);
  return years >= 0 && years <= MOST_YEARS ? years : undefined;
}
