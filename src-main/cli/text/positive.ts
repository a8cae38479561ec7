import type { PositiveClass } from '../../contract/classes.ts';

/** Which class AUPRC, sensitivity and specificity refer to; nothing to say unless there are two. */
export const positiveSentence = ([, positive, more]: readonly string[]): string =>
  positive === undefined || more !== undefined
    ? ''
    : `AUPRC, sensitivity and specificity refer to '${positive}', the positive class.`;

/** The positive class with how that is known; nothing where there are no two classes. */
export function positiveFact(found: PositiveClass | null | undefined): [string, string][] {
  if (!found) return [];
  const { positive, certain, why } = found;
  return [['Positive class', `${positive} (${certain ? why : `not certain: ${why}; --positive decides`})`]];
}
