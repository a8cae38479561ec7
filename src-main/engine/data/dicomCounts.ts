import type { DicomCounts } from '../../contract/data.ts';
import { syntaxName } from './readers/dicom/syntaxes.ts';
import type { DicomFacts } from './readers/picture.ts';
import { compare } from './walk.ts';

/** How the DICOM images of a selection are stored. */
export function dicomCountsOf(facts: readonly DicomFacts[]): DicomCounts {
  const count = (valueOf: (each: DicomFacts) => string): DicomCounts['photometric'] =>
    [...Map.groupBy(facts, valueOf)]
      .map(([value, own]) => ({ value, images: own.length }))
      .sort((a, b) => b.images - a.images || compare(a.value, b.value));
  return {
    images: facts.length,
    hounsfield: facts.filter(({ hounsfield }) => hounsfield).length,
    photometric: count(({ photometric }) => photometric),
    transferSyntax: count(({ transferSyntax }) => syntaxName(transferSyntax)),
    bitsStored: count(({ bitsStored }) => String(bitsStored)),
    windows: count(windowsOf),
    modality: count(({ modality }) => modality ?? 'not-said'),
    view: count(({ view }) => view ?? 'not-said'),
    spacing: count(spacingWords),
    manufacturer: count(({ manufacturer }) => manufacturer ?? 'not-said'),
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
