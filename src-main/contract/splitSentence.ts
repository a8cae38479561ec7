import { wordsFor, type Grouping } from './groups.ts';
import { dayOf } from './day.ts';
import type { Split } from './split.ts';

const percent = (share: number): string => `${Math.round(1000 * share) / 10} %`;
const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/**
 * How the images of a run of its own were divided, in a sentence for cards and methods. Columns are named, and values of columns, which people
 * chose, are.
 * @param testFolder whether the test images are another folder
 * @param several whether images may have several labels
 */
export function describeSplit(
  { validation, test, rule, strata = [] }: Split,
  { grouping, testFolder, several = false }: { grouping: Grouping | undefined; testFolder: boolean; several?: boolean },
): string {
  const { one, many } = wordsFor(grouping);
  const how = ` by ${one}, stratified by ${several ? 'label' : 'class'}${strata.length > 0 ? ` and ${quoted(strata)}` : ''}`;
  const drawn = `For validation, ${percent(validation)} of the ${many} that are not tested were drawn at random${how}`;
  switch (rule?.by) {
    case 'given':
      return `The parts were given with the data, image by image. Where none was given for validation: ${drawn}.`;
    case 'column':
      return `The test set are the images whose column "${rule.column}" is ${quoted(rule.test)} (external validation). ${rule.validation ? `The validation set are those of ${quoted(rule.validation)}` : drawn}.`;
    case 'date':
      return `The test set are all images from ${dayOf(rule.from)!} on, by the column "${rule.column}" (temporal validation). ${drawn}.`;
    default:
      return testFolder
        ? `The test set is a folder of its own. ${drawn}.`
        : `${percent(validation)} of the ${many} for validation and ${percent(test)} for the test were drawn at random${how}.`;
  }
}
