import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { generator } from '../../../src-main/engine/random.ts';

export interface StudyOptions {
  classes?: readonly string[];
  /** Per class; each has one image. */
  patients?: number;
  /** Side in pixels. */
  size?: number;
}

/**
 * Writes a small study of noise in class folders, seeded: what can be learned is the mean brightness of the class.
 * @returns paths relative to the folder
 */
export async function writeStudy(folder: string, options: StudyOptions = {}): Promise<string[]> {
  const { classes = ['dark', 'light'], patients = 16, size = 40 } = options;
  const files: string[] = [];
  for (const [label, name] of classes.entries()) {
    mkdirSync(join(folder, name), { recursive: true });
    for (let patient = 0; patient < patients; patient++) {
      const random = generator(7, 'study', label, patient);
      const level = 60 + 60 * label;
      const grey = Uint8Array.from({ length: size * size }, () => level + 80 * random());
      const file = join(name, `p${patient}.png`);
      await sharp(grey, { raw: { width: size, height: size, channels: 1 } })
        .png()
        .toFile(join(folder, file));
      files.push(file);
    }
  }
  return files;
}

/** Writes a CSV of file and label, and more columns where the rows have them. */
export function writeCsv(path: string, rows: readonly (readonly string[])[], header = ['file', 'label']): string {
  writeFileSync(path, `${[header, ...rows].map((row) => row.join(',')).join('\n')}\n`);
  return path;
}

/** Options of a run that takes seconds. */
export const TINY = [
  ...['--backbone', 'mobilenet_v2_keras', '--cut', 'block_1_project_BN', '--input', '32', '--batch', '8'],
  ...['--epochs', '2', '--lr', '0.003', '--split-validation', '0.25', '--split-test', '0.25'],
];
