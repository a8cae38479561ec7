import { labelsIn } from '../../../contract/labelRows.ts';
import { findingOf } from '../../../contract/findings.ts';
import { withoutFrame } from '../places/frameNames.ts';
import { plural } from './counting.ts';
import type { Notice } from './scanned.ts';

/** Classes that had files, of which none or only the smaller part can be read. */
export const lostClasses: Notice = ({ labelling: { files, names }, images }) => {
  const namesOf = (label: string): string[] => (names ? labelsIn(label) : [label]);
  // Of a file with several frames, one of them counts.
  const labelOf = new Map(images.map(({ file, label }) => [withoutFrame(file).file, label]));
  const byClass = Map.groupBy([...labelOf.values()].flatMap(namesOf), (name) => name);
  const left = new Map([...byClass].map(([name, own]) => [name, own.length]));
  const listed = files.flatMap(({ label }) => namesOf(label));
  return [...Map.groupBy(listed, (name) => name)].flatMap(([name, own]) => {
    const read = left.get(name) ?? 0;
    if (read === 0)
      return [findingOf('LOST_CLASS', `The class "${name}" is lost: none of its ${plural(own.length, 'file')} can be read.`)]; // prettier-ignore
    if (2 * read >= own.length) return [];
    return [findingOf('CLASS_MOSTLY_LOST', `Of the class "${name}" only ${read} of ${own.length} files can be read.`)];
  });
};
