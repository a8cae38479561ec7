import { CutpointError } from '../../contract/errors.ts';
import type { Dataset } from '../data/types.ts';

/** @throws CutpointError CLASSES_DIFFER where the second dataset has a class that the first does not know */
export function requireSameClasses(classes: readonly string[], other: Dataset): void {
  const unknown = other.classes.filter((name) => !classes.includes(name));
  if (unknown.length === 0) return;
  throw new CutpointError(
    'CLASSES_DIFFER',
    `The data to test on have classes that the model does not know: ${unknown.join(', ')}.`,
    {
      remedy: `Label them with the model's classes: ${classes.join(', ')}.`,
      details: { unknown, known: [...classes] },
    },
  );
}
