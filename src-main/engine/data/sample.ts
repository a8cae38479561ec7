import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { CutpointError } from '../../contract/errors.ts';
import { generator } from '../random.ts';
import { writeFailure } from './failures.ts';
import { type GreyDicom, writeGreyDicom } from './sample/dicomWriter.ts';
import { drawChest, type SampleClass, SIDE } from './sample/texture.ts';

const PATIENTS = 40;
const IMAGES_PER_PATIENT = 6;
const CLASSES: SampleClass[] = ['diffuse', 'nodular'];
const LABELS = 'labels.csv';
const README = 'README.txt';

/** Levels in [0, 1] to stored samples of `bits` bits, black at zero, or at the largest value when `inverted`. */
const stored = (levels: Float32Array, bits: number, inverted = false): Uint8Array | Uint16Array => {
  const highest = 2 ** bits - 1;
  const samples = bits > 8 ? new Uint16Array(levels.length) : new Uint8Array(levels.length);
  levels.forEach((level, index) => (samples[index] = Math.round((inverted ? 1 - level : level) * highest)));
  return samples;
};

/** How a picture is stored. The same turn for both classes, so that the encoding is no shortcut. */
const DICOM_KINDS: ((levels: Float32Array) => Omit<GreyDicom, 'name' | 'patient' | 'rows' | 'columns'>)[] = [
  (levels) => ({ samples: stored(levels, 8), bitsStored: 8, photometric: 'MONOCHROME2' }),
  (levels) => ({ samples: stored(levels, 8, true), bitsStored: 8, photometric: 'MONOCHROME1', implicit: true }),
  (levels) => ({
    samples: stored(levels, 12),
    bitsStored: 12,
    photometric: 'MONOCHROME2',
    rescale: { slope: 2, intercept: -1024 },
    window: { centre: 3072, width: 8192 },
  }),
  (levels) => ({
    samples: stored(levels, 12, true),
    bitsStored: 12,
    photometric: 'MONOCHROME1',
    window: { centre: 2048, width: 4096 },
  }),
];

export interface SampleStudy {
  folder: string;
  images: number;
  patients: number;
  /** Path of the label file. */
  labels: string;
}

/**
 * Writes the synthetic sample study: 40 patients with six pictures each, two classes that differ in texture alone, half
 * of the patients as DICOM (8 and 12 bits, MONOCHROME1 and 2, implicit and explicit), half as 8- and 16-bit PNG. The
 * same pictures every time.
 * Throws INPUT_INVALID for a folder with other files in it, DISK_FULL, WORKSPACE_NOT_WRITABLE, CANCELLED.
 */
export async function writeSampleStudy(
  folder: string,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<SampleStudy> {
  const total = PATIENTS * IMAGES_PER_PATIENT;
  const labels = ['file,label,group'];
  try {
    await refuseOtherFiles(folder);
    for (const name of CLASSES) await mkdir(join(folder, name), { recursive: true });
    for (let patient = 0; patient < PATIENTS; patient++) {
      const kind = CLASSES[patient % CLASSES.length]!;
      const identifier = `SP${String(patient + 1).padStart(3, '0')}`;
      for (let image = 0; image < IMAGES_PER_PATIENT; image++) {
        if (signal?.aborted) throw new CutpointError('CANCELLED', 'Writing the sample study was cancelled.');
        const levels = drawChest(kind, generator('sample study', patient, image));
        const turn = Math.floor(patient / CLASSES.length);
        const name = `${identifier}_${image + 1}`;
        const { ending, bytes } = await encode(levels, { turn, name, patient: identifier });
        const file = `${kind}/${name}.${ending}`;
        await writeFile(join(folder, file), bytes);
        labels.push(`${file},${kind},${identifier}`);
        onProgress?.(labels.length - 1, total);
      }
    }
    await writeFile(
      join(folder, README),
      'Cutpoint sample study: synthetic pictures, no patients. Column "group" of labels.csv is the patient.\n',
    );
    // Last: a study with a label file is whole.
    await writeFile(join(folder, LABELS), `${labels.join('\n')}\n`);
  } catch (thrown) {
    throw writeFailure(thrown, 'the sample study');
  }
  return { folder, images: total, patients: PATIENTS, labels: join(folder, LABELS) };
}

async function encode(
  levels: Float32Array,
  { turn, name, patient }: { turn: number; name: string; patient: string },
): Promise<{ ending: string; bytes: Buffer }> {
  const dicom = turn % 2 === 0;
  const kind = Math.floor(turn / 2);
  if (dicom) {
    const picture = DICOM_KINDS[kind % DICOM_KINDS.length]!(levels);
    return { ending: 'dcm', bytes: writeGreyDicom({ ...picture, name, patient, rows: SIDE, columns: SIDE }) };
  }
  const deep = kind % 2 === 1;
  const samples = stored(levels, deep ? 16 : 8);
  const image = sharp(samples, { raw: { width: SIDE, height: SIDE, channels: 1 } });
  return {
    ending: 'png',
    bytes: await image
      .toColourspace(deep ? 'grey16' : 'b-w')
      .png()
      .toBuffer(),
  };
}

async function refuseOtherFiles(folder: string): Promise<void> {
  const present = await readdir(folder).catch(() => []);
  const own = new Set<string>([...CLASSES, LABELS, README]);
  const other = present.find((name) => !own.has(name) && !name.startsWith('.'));
  if (other === undefined) return;
  throw new CutpointError('INPUT_INVALID', `The folder ${folder} already holds other files, such as ${other}.`, {
    remedy: 'Choose an empty folder for the sample study.',
  });
}
