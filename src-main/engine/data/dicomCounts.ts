import type { DicomCounts } from '../../contract/data.ts';
import { syntaxName } from './readers/dicom/syntaxes.ts';
import { countedBy } from './findings/counting.ts';
import { peopleIn } from './people.ts';
import type { DicomFacts, Identity } from './readers/picture.ts';

/** Explanations of a window that are told. */
const MOST_NAMES = 3;

/**
 * How the DICOM images of a selection are stored, and of whom and when they are.
 * @param people of each of them
 * @param classes the same by class
 */
export function dicomCountsOf(
  facts: readonly DicomFacts[],
  people: readonly Identity[],
  classes: ReadonlyMap<string, readonly Identity[]>,
): DicomCounts {
  const count = (valueOf: (each: DicomFacts) => string) => countedBy(facts, valueOf);
  return {
    images: facts.length,
    hounsfield: facts.filter(({ hounsfield }) => hounsfield).length,
    photometric: count(({ photometric }) => photometric),
    transferSyntax: count(({ transferSyntax }) => syntaxName(transferSyntax)),
    bitsStored: count(({ bitsStored }) => String(bitsStored)),
    windows: count(windowsOf),
    ...severalIn(facts),
    modality: count(({ modality }) => modality ?? 'not-said'),
    view: count(({ view }) => view ?? 'not-said'),
    spacing: count(spacingWords),
    manufacturer: count(({ manufacturer }) => manufacturer ?? 'not-said'),
    ...peopleIn(people, classes),
  };
}

/** The places of windows in files that have several. */
function severalIn(facts: readonly DicomFacts[]): Pick<DicomCounts, 'severalWindows'> {
  const several = facts.flatMap(({ windowNames }) => (windowNames ? [windowNames] : []));
  if (several.length === 0) return {};
  const most = several.reduce((longest, { length }) => Math.max(longest, length), 0);
  return {
    severalWindows: Array.from({ length: most }, (_, at) => {
      const own = several.filter(({ length }) => length > at);
      const names = countedBy(own.flatMap((all) => all[at] || []), (name) => name).map(({ value }) => value); // prettier-ignore
      return { window: at + 1, images: own.length, names: names.slice(0, MOST_NAMES) };
    }),
  };
}

/** A lookup table takes the place of windows. */
function windowsOf({ windows, voiTable }: DicomFacts): string {
  if (voiTable) return 'table';
  return windows === 0 ? 'none' : windows === 1 ? 'one' : 'several';
}

/** Scanners choose the field of view as they like: to a tenth of a millimetre there are few. */
function spacingWords({ spacing }: DicomFacts): string {
  if (!spacing) return 'not-said';
  const [rows, columns] = [spacing.rows, spacing.columns].map((value) =>
    value < 1 ? value.toFixed(2) : value.toFixed(1),
  );
  return `${rows} × ${columns} mm${spacing.at === 'patient' ? '' : ` (${spacing.at})`}`;
}
