import type { Predictor } from '../../../contract/shortcuts.ts';
import type { Probe } from '../tasks.ts';
import { fileNumbers } from './fileNumbers.ts';
import { categories, numbers, type Feature } from './levels.ts';

/** What is tried as one, by the features that it has. */
export interface Candidate {
  by: Predictor;
  features: Feature[];
}

/** What is known of an image without its label. */
export interface Known {
  file: string;
  group: string;
  probe: Pick<Probe, 'format' | 'width' | 'height' | 'bytes' | 'bits' | 'look' | 'identity' | 'dicom'>;
}

const A_DAY = 864e5;
const dayNumber = (date: string | undefined): number | undefined =>
  date === undefined ? undefined : Date.parse(date) / A_DAY;

/** What may predict the label of images; what is the same for all of them, or not known, is left out. */
export function candidatesOf(images: readonly Known[]): Candidate[] {
  const category = (nameOf: (probe: Known['probe']) => string | undefined): Feature =>
    categories(images.map(({ probe }) => nameOf(probe)));
  const number = (valueOf: (probe: Known['probe']) => number | undefined): Feature =>
    numbers(images.map(({ probe }) => valueOf(probe)));
  const border = images[0]?.probe.look.border ?? [];
  const all: Candidate[] = [
    { by: 'scanner', features: [category(({ identity }) => identity?.scanner)] },
    { by: 'station', features: [category(({ identity }) => identity?.station)] },
    { by: 'date', features: [number(({ identity }) => dayNumber(identity?.date))] },
    {
      by: 'size',
      features: [
        number(({ width }) => width),
        number(({ height }) => height),
        number(({ width, height }) => width / height),
      ],
    },
    { by: 'border', features: border.map((_, at) => number(({ look }) => look.border[at])) },
    {
      by: 'storage',
      features: [
        category(({ format }) => format),
        category(({ bits }) => String(bits)),
        category(({ dicom }) => dicom?.photometric),
        category(({ dicom }) => dicom?.transferSyntax),
      ],
    },
    // The length of a header, as of a name in it, is not what compression made of the pixels.
    {
      by: 'bytes',
      features: [number(({ bytes, width, height }) => Number((bytes / (width * height)).toPrecision(2)))],
    },
    { by: 'number', features: fileNumbers(images).map(numbers) },
  ];
  return all
    .map(({ by, features }) => ({
      by,
      features: features.filter(differs),
    }))
    .filter(({ features }) => features.length > 0);
}

/** NaN is not itself. */
const differs = ({ values }: Feature): boolean => values.some((value) => !Object.is(value, values[0]));
