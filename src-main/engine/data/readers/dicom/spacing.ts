import type { DataSet } from 'dicom-parser';
import { sourcesOf } from './grey.ts';
import { readNumbers } from './numbers.ts';

/** Pixel Measures Sequence of enhanced objects. */
const MEASURES_GROUP = 'x00289110';
/** In the patient; at the detector (PS3.3, 10.7.1.3: larger by the magnification); of a scanned film. */
const PLACES = { x00280030: 'patient', x00181164: 'detector', x00182010: 'film' } as const;

/** Distance of the centres of neighbouring pixels, in millimetres. */
export interface Spacing {
  rows: number;
  columns: number;
  at: (typeof PLACES)[keyof typeof PLACES];
}

/** The spacing of a frame; undefined where the header gives none that is two numbers above 0. */
export function spacingOf(data: DataSet, frame: number): Spacing | undefined {
  for (const source of sourcesOf(data, frame, MEASURES_GROUP)) {
    for (const [tag, at] of Object.entries(PLACES)) {
      const [rows, columns] = readNumbers(source, tag)?.values ?? [];
      if (rows !== undefined && columns !== undefined && rows > 0 && columns > 0) return { rows, columns, at };
    }
  }
  return undefined;
}
