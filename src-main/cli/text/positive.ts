import { positiveOf } from '../../contract/classes.ts';

/** Which class AUPRC, sensitivity and specificity refer to; nothing to say unless there are two. */
export const positiveSentence = ([, positive, more]: readonly string[]): string =>
  positive === undefined || more !== undefined
    ? ''
    : `AUPRC, sensitivity and specificity refer to '${positive}', the positive class.`;

/**
 * The positive class with how that is known; nothing unless there are two classes.
 * @param classes in the order of a model, the positive one last
 */
export function positiveFact(classes: readonly string[], chosen: string | undefined): [string, string][] {
  const found = positiveOf(classes, chosen);
  if (!found) return [];
  const { positive, certain, why } = found;
  return [['Positive class', `${positive} (${certain ? why : `not certain: ${why}; --positive decides`})`]];
}
