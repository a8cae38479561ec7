import { describe, expect, it } from 'vitest';
import { generator } from '../../src-main/engine/random.ts';
import { withoutPaths } from '../../src-main/engine/host/withoutPaths.ts';

const NAMES = [
  'Müller',
  "O'Brien",
  'Doe, Jane',
  'Ng: Anna',
  'van (der) Berg',
  '[Smith]',
  '王小明',
  'Łuczak-7',
  'José "Pepe" Paz',
  'A&B',
];
const FILES = [
  'scan 1.dcm',
  '1.2.840.10008.dcm',
  'X-ray; left, 2.png',
  'IM-0001',
  "d'Arc.jpg",
  'a b.c d.tiff',
  'hand(2)',
];
const ROOTS = [
  '/data/',
  '/mnt/Patients 2026/',
  'C:\\Patients\\',
  'd:/scans/',
  '\\\\server\\share\\',
  '//server/share/',
  'file:///data/',
  '~/images/',
  './',
  '../study/',
  'data/',
  'study\\',
];
const SENTENCES: ((path: string) => string)[] = [
  (path) => `Error: ENOENT: no such file or directory, open '${path}'`,
  (path) => `EACCES: permission denied, scandir "${path}"`,
  (path) => `cannot read ${path}: no such file`,
  (path) => `${path} is not readable`,
  (path) => `IMAGE_CORRUPT: ${path} ends too soon`,
  (path) => `Caused by: TypeError: reading \`${path}\` and ${path}`,
  (path) => `    at read (${path}:12:3)`,
  (path) => `    at ${path}:12:3`,
  (path) => JSON.stringify({ code: 'X', file: path, files: [`in ${path}`], [path]: 1 }),
  (path) => `warning [${path}] (${path})`,
  (path) => `file=${path},size=3`,
];

describe('masking of paths', () => {
  it('leaves no part of a name of a patient, whatever characters and wherever it stands (seeded)', () => {
    const random = generator(20261128, 'paths');
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    for (let round = 0; round < 4000; round++) {
      const [name, file, root] = [pick(NAMES), pick(FILES), pick(ROOTS)];
      const slash = root.includes('\\') ? '\\' : '/';
      const path = `${root}${name}${random() < 0.5 ? slash + pick(NAMES) : ''}${slash}${file}`;
      const line = pick(SENTENCES)(path);
      const masked = withoutPaths(line);
      const parts = [...NAMES, ...FILES].flatMap((each) => each.match(/[\p{L}\p{N}]{3,}/gu) ?? []);
      for (const part of parts)
        if (path.includes(part) && !'scan'.includes(part)) expect(masked, line).not.toContain(part);
    }
  });

  it.each([
    "open 'Müller Anna/scan 1.dcm'",
    'reading Müller Anna/scan 1.dcm failed',
    'Müller_Anna.dcm is cut off',
    "no label for O'Brien, Pat.png",
  ])('masks relative ones from their first word: %s', (line) => {
    expect(withoutPaths(line)).not.toMatch(/Müller|Anna|Brien|Pat/);
  });

  it.each([
    'step 3/8 at 12.5 images/s, loss 0.2',
    'engine ended: signal SIGKILL',
    'DEFECT in source.list: TypeError',
    '2026-11-28 10:00:00.1: I tensorflow/core/platform/cpu_feature_guard.cc:210] This binary is optimised',
    '    at node:internal/process/task_queues:105:5',
    'OUT_OF_MEMORY: batch 16 and/or input 224, use n/a',
    '{"code":"X","loss":0.25}',
  ])('leaves alone what is no path: %s', (line) => {
    expect(withoutPaths(line)).toBe(line);
  });
});
