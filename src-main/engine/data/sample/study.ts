import { generator, shuffle } from '../../random.ts';

export type SampleClass = 'clear' | 'nodular';

/** How a patient's images are stored. */
export type Encoding =
  | { format: 'png'; bits: 8 | 16 }
  | {
      format: 'dicom';
      photometric: 'MONOCHROME1' | 'MONOCHROME2';
      bits: 8 | 12;
      /** Stored sample to value; only where it is not the identity. */
      rescale?: { slope: number; intercept: number };
    };

export interface SamplePatient {
  /** `SAMPLE-001` and so on: the DICOM PatientID, and the start of every file name. */
  id: string;
  label: SampleClass;
  /** From 0 within the class: two patients of one rank differ in nothing but the class. */
  rank: number;
  encoding: Encoding;
  /** Size of the patient's images in pixels; most are not square, so that letterboxing shows. */
  width: number;
  height: number;
  pictures: number;
  /** In years; of both classes there are as many of each age and sex. */
  age: number;
  sex: 'f' | 'm';
}

export interface SamplePicture {
  patient: SamplePatient;
  /** From 1. */
  number: number;
  /** Relative to their folder, with forward slashes. */
  file: string;
}

const PATIENTS_PER_CLASS = 20;

const SIZES = [
  [96, 96],
  [128, 96],
  [112, 128],
  [144, 112],
  [160, 128],
  [96, 120],
] as const;

/** DICOM and PNG in turn. */
const ENCODINGS: readonly Encoding[] = [
  { format: 'dicom', photometric: 'MONOCHROME2', bits: 8 },
  { format: 'png', bits: 8 },
  { format: 'dicom', photometric: 'MONOCHROME1', bits: 12, rescale: { slope: 2, intercept: -2000 } },
  { format: 'png', bits: 16 },
  { format: 'dicom', photometric: 'MONOCHROME1', bits: 8 },
  { format: 'png', bits: 8 },
  { format: 'dicom', photometric: 'MONOCHROME2', bits: 12, rescale: { slope: 0.25, intercept: -1024 } },
  { format: 'png', bits: 16 },
  { format: 'dicom', photometric: 'MONOCHROME2', bits: 12 },
  { format: 'png', bits: 8 },
];

/**
 * The sample data: 40 patients with 4 to 8 images each, 240 in all, half of them of each class and half of them
 * DICOM. Both classes have the same encodings, sizes and numbers of images, so that none of these gives the class
 * away; the classes are spread over the patient numbers at random.
 */
export function sampleStudy(): SamplePicture[] {
  const rows = (['clear', 'nodular'] as const).flatMap((label) =>
    Array.from({ length: PATIENTS_PER_CLASS }, (_, rank) => ({ label, rank })),
  );
  const patients = shuffle(rows, generator('sample study', 'patients')).map(({ label, rank }, index): SamplePatient => {
    const [width, height] = SIZES[rank % SIZES.length]!;
    const encoding = ENCODINGS[rank % ENCODINGS.length]!;
    const id = `SAMPLE-${String(index + 1).padStart(3, '0')}`;
    const person = { age: 22 + ((rank * 17 + 5) % 60), sex: rank % 2 === 0 ? 'f' : 'm' } as const;
    return { id, label, rank, encoding, width, height, pictures: 4 + (rank % 5), ...person };
  });
  return patients.flatMap((patient) =>
    Array.from({ length: patient.pictures }, (_, index) => {
      const ending = patient.encoding.format === 'dicom' ? 'dcm' : 'png';
      const name = `${patient.id}_${String(index + 1).padStart(2, '0')}.${ending}`;
      return { patient, number: index + 1, file: `${patient.label}/${name}` };
    }),
  );
}
