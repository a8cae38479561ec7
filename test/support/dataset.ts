import { createHash } from 'node:crypto';
import type { Dataset, DatasetImage } from '../../src-main/engine/data/types.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A dataset as the audit gives it: `patients` patients with two images each, two classes, groups hashed with `salt`. */
export function exampleDataset({ patients = 6, folder = '/study', salt = 'salt' } = {}): Dataset {
  const images: DatasetImage[] = Array.from({ length: patients * 2 }, (_, index) => {
    const patient = Math.floor(index / 2);
    return {
      file: `${patient % 2 === 0 ? 'benign' : 'malignant'}/${String(index).padStart(6, '0')}.png`,
      label: patient % 2 === 0 ? 'benign' : 'malignant',
      group: sha256(`${salt}PATIENT-${patient}`),
      format: 'png',
      width: 64,
      height: 48,
      bytes: 1234,
      sha256: sha256(`image ${index}`),
    };
  }).sort((a, b) => (a.file < b.file ? -1 : 1));
  const classes = ['benign', 'malignant'];
  return {
    selection: { folder },
    images,
    classes,
    report: {
      folder,
      files: images.length,
      images: images.length,
      groups: patients,
      groupSource: 'dicom',
      classes: classes.map((name) => ({ name, images: images.filter((i) => i.label === name).length, groups: 1 })),
      formats: [{ format: 'png', images: images.length }],
      sizes: { smallest: [64, 48], median: [64, 48], largest: [64, 48] },
      problems: [],
      warnings: [],
      obstacles: [],
      fingerprint: sha256(JSON.stringify(images.map((i) => [i.sha256, i.label, i.group]))),
      csvFiles: [],
    },
  };
}
