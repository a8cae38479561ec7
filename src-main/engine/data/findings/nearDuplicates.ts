import { findingOf, type Finding } from '../../../contract/findings.ts';
import { wordsFor } from '../../../contract/groups.ts';
import { listed } from '../labels.ts';
import { plural } from './counting.ts';
import type { Notice } from './scanned.ts';

/** Of images that look the same, in a sentence. */
const NAMED = 5;

/** Images that look the same although their files differ: under different labels, of different patients, or at all. */
export const nearDuplicates: Notice = ({ images, appearance: { alike }, groups: { grouping } }) => {
  const spread = (key: 'label' | 'group') => alike.filter((set) => new Set(set.map((at) => images[at]![key])).size > 1);
  const names = (sets: readonly number[][]) =>
    listed(sets.map((set) => set.slice(0, NAMED).map((at) => images[at]!.file).join(' ≈ ')), 3); // prettier-ignore
  const told = (
    code: string,
    sets: readonly number[][],
    message: (count: string, names: string) => string,
  ): Finding[] => {
    const count = sets.flat().length;
    return count === 0 ? [] : [findingOf(code, message(plural(count, 'image'), names(sets)), count / images.length)];
  };
  const labels = spread('label');
  const groups = grouping === 'image' ? [] : spread('group');
  const rest = alike.filter((set) => !labels.includes(set) && !groups.includes(set));
  return [
    ...told(
      'NEAR_DUPLICATE_LABELS',
      labels,
      (count, files) => `${count} that look the same have different labels: ${files}.`,
    ),
    ...told(
      'NEAR_DUPLICATE_GROUPS',
      groups,
      (count, files) => `${count} that look the same are of different ${wordsFor(grouping).many}: ${files}.`,
    ),
    ...told(
      'NEAR_DUPLICATE',
      rest,
      (count, files) => `${count} look the same as another, although the files differ: ${files}.`,
    ),
  ];
};
