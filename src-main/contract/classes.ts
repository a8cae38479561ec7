import { CutpointError } from './errors.ts';

/** Names that say of an image that nothing was found in it. */
const HEALTHY = /^(normal|healthy|negative|neg|benign|control|controls|clear|none|absent|no|0|no[ _-].*|non[ _-].*)$/i;

/**
 * Of two classes, the one that sensitivity and specificity are about: that of which the other is the healthy
 * counterpart by its name; where names do not tell, the second one.
 * @param classes in ascending order
 */
export function positiveClass(classes: readonly string[]): string | undefined {
  if (classes.length !== 2) return undefined;
  const [first, second] = classes as [string, string];
  return HEALTHY.test(second) && !HEALTHY.test(first) ? first : second;
}

/**
 * Classes in the order in which a model counts them: of two, the positive one is the second.
 * @param classes in ascending order
 * @param positive the user's choice
 * @throws CutpointError INPUT_INVALID where the choice is none of two classes
 */
export function orderClasses(classes: readonly string[], positive: string | undefined): string[] {
  if (positive !== undefined && (classes.length !== 2 || !classes.includes(positive))) {
    throw new CutpointError(
      'INPUT_INVALID',
      classes.length === 2
        ? `'${positive}' cannot be the positive class: there is no class of that name.`
        : `A positive class can be chosen between two classes, and there are ${classes.length}.`,
      { remedy: `The classes are: ${classes.join(', ')}.`, details: { valid: [...classes] } },
    );
  }
  const last = positive ?? positiveClass(classes);
  return [...classes].sort((a, b) => Number(a === last) - Number(b === last));
}
