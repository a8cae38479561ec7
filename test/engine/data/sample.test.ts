import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toLevels } from '../../../src-main/engine/data/readers/display.ts';
import { readImage, type ReadImage } from '../../../src-main/engine/data/readers/read.ts';
import { writeSampleStudy } from '../../../src-main/engine/data/sample.ts';
import { scanDataset } from '../../../src-main/engine/data/scan.ts';
import { ranking } from '../../../src-main/engine/metrics/ranking.ts';
import golden from '../../golden/data/sample.json' with { type: 'json' };
import { temporaryFolder } from '../../support/folder.ts';

interface Row extends ReadImage {
  file: string;
  label: string;
  group: string;
}

/** One copy of the study for all tests that only read it. */
const folder = mkdtempSync(join(tmpdir(), 'cutpoint-sample-'));
const rows: Row[] = [];
const reports: [number, number][] = [];
let written: Awaited<ReturnType<typeof writeSampleStudy>>;

beforeAll(async () => {
  written = await writeSampleStudy(folder, { onProgress: (done, total) => reports.push([done, total]) });
  for (const line of readFileSync(written.labels, 'utf8').trim().split('\n').slice(1)) {
    const [file, label, group] = line.split(',') as [string, string, string];
    rows.push({ file, label, group, ...(await readImage(join(folder, file))) });
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the study', () => {
  test('has 240 pictures of 40 patients, with progress to the last', () => {
    expect(written).toEqual({ folder, images: 240, patients: 40, labels: join(folder, 'labels.csv') });
    expect(rows).toHaveLength(240);
    expect(new Set(rows.map(({ group }) => group)).size).toBe(40);
    expect(reports).toEqual(Array.from({ length: 241 }, (_, done) => [done, 240]));
  });

  test('gives each patient one label, and says the patient in the label file, the file name and the DICOM header', () => {
    for (const { file, label, group, format, identity } of rows) {
      expect(file).toMatch(new RegExp(`^${label}/${group}_\\d\\d\\.(dcm|png)$`));
      expect(group).toMatch(/^SAMPLE-\d{3}$/);
      if (format === 'DICOM') expect(identity?.patient).toBe(group);
    }
    expect(new Set(rows.map(({ label, group }) => `${label} ${group}`)).size).toBe(40);
  });

  test('spreads formats and sizes equally over the classes', () => {
    const count = (label: string) => {
      const counts: Record<string, number> = {};
      for (const { format, picture } of rows.filter((row) => row.label === label)) {
        for (const key of [format, `${picture.width} × ${picture.height}`]) counts[key] = (counts[key] ?? 0) + 1;
      }
      return counts;
    };
    expect(count('clear')).toEqual(count('nodular'));
    expect(count('clear')).toMatchObject({ DICOM: 60, PNG: 60 });
    expect(rows.some(({ picture }) => picture.samples.BYTES_PER_ELEMENT === 2)).toBe(true);
    expect(rows.some(({ picture }) => picture.width > picture.height)).toBe(true);
    expect(rows.some(({ picture }) => picture.width < picture.height)).toBe(true);
  });

  test.each(Object.entries(golden.files))('%s shows what pydicom or Pillow shows', (file, { size, sha256 }) => {
    const { picture } = rows.find((row) => row.file === file)!;
    expect([picture.width, picture.height]).toEqual(size);
    expect(createHash('sha256').update(toLevels(picture).pixels).digest('hex')).toBe(sha256);
  });

  test('passes the audit without a problem, by its label file and by its folders', async () => {
    const labels = { csv: written.labels, fileColumn: 'file', labelColumn: 'label', groupColumn: 'group' };
    const { report } = await scanDataset({ folder, labels }, { salt: '00' });
    expect(report).toMatchObject({ images: 240, groups: 40, groupSource: 'csv', problems: [], obstacles: [] });
    const byFolder = (await scanDataset({ folder, groupPattern: '(SAMPLE-\\d+)' }, { salt: '00' })).report;
    expect(byFolder).toMatchObject({ images: 240, groups: 40, groupSource: 'pattern', problems: [], obstacles: [] });
    expect(byFolder.classes).toMatchObject([
      { name: 'clear', images: 120, groups: 20 },
      { name: 'nodular', images: 120, groups: 20 },
    ]);
  });
});

describe('the classes', () => {
  const auroc = (score: (levels: Float64Array, width: number) => number) =>
    ranking(
      Uint8Array.from(rows, ({ label }) => (label === 'nodular' ? 1 : 0)),
      Float32Array.from(rows, ({ picture }) => score(Float64Array.from(toLevels(picture).pixels), picture.width)),
    ).auroc!;
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const moment = (values: Float64Array, order: number) => {
    const centre = mean(values);
    return mean(values.map((value) => (value - centre) ** order));
  };

  test.each([
    ['brightness', mean],
    ['contrast', (levels: Float64Array) => moment(levels, 2)],
    ['skewness', (levels: Float64Array) => moment(levels, 3) / moment(levels, 2) ** 1.5],
  ])('cannot be told apart by %s', (_, score) => {
    const value = auroc(score);
    expect(value).toBeGreaterThan(0.35);
    expect(value).toBeLessThan(0.65);
  });

  const kernel = Float64Array.from({ length: 13 }, (_, index) => Math.exp(-((index - 6) ** 2) / 8));

  /** Values after a Gaussian of 2 pixels, cut off at 3 standard deviations and at the edges, along rows and columns. */
  const smoothed = (levels: Float64Array, width: number): Float64Array => {
    const along = (values: Float64Array, step: number, size: number) =>
      values.map((_, index) => {
        const at = Math.floor(index / step) % size;
        let [sum, weights] = [0, 0];
        for (let offset = Math.max(-6, -at); offset <= Math.min(6, size - 1 - at); offset++) {
          const weight = kernel[offset + 6]!;
          sum += weight * values[index + offset * step]!;
          weights += weight;
        }
        return sum / weights;
      });
    return along(along(levels, 1, width), width, levels.length / width);
  };

  interface Curvature {
    xx: number;
    yy: number;
    xy: number;
  }

  /** Second derivatives of the smoothed picture at every second inner pixel and row. */
  const curvatures = (levels: Float64Array, width: number): Curvature[] => {
    const values = smoothed(levels, width);
    const found: Curvature[] = [];
    for (let y = 1; y < values.length / width - 1; y += 2)
      for (let x = 1; x < width - 1; x += 2) {
        const at = (dx: number, dy: number) => values[(y + dy) * width + x + dx]!;
        found.push({
          xx: at(-1, 0) - 2 * at(0, 0) + at(1, 0),
          yy: at(0, -1) - 2 * at(0, 0) + at(0, 1),
          xy: (at(1, 1) - at(-1, 1) - at(1, -1) + at(-1, -1)) / 4,
        });
      }
    return found;
  };

  test('cannot be told apart by how much is marked: the strength of the Laplacian says little', () => {
    const strength = (levels: Float64Array, width: number) =>
      Math.sqrt(
        moment(
          Float64Array.from(curvatures(levels, width), ({ xx, yy }) => xx + yy),
          2,
        ) / moment(levels, 2),
      );
    const value = auroc(strength);
    expect(value).toBeGreaterThan(0.3);
    expect(value).toBeLessThan(0.7);
  });

  test('can be told apart, with doubt, by the shape of the marks: round ones bend both ways alike', () => {
    const roundness = (levels: Float64Array, width: number) => {
      const bent = curvatures(levels, width)
        .map(({ xx, yy, xy }) => {
          const half = Math.hypot((xx - yy) / 2, xy);
          return { most: (xx + yy) / 2 - half, least: (xx + yy) / 2 + half };
        })
        .filter(({ most }) => most < 0)
        .sort((a, b) => a.most - b.most);
      // The most strongly bent tenth lies on marks.
      return mean(Float64Array.from(bent.slice(0, Math.ceil(bent.length / 10)), ({ most, least }) => least / most));
    };
    const value = auroc(roundness);
    expect(value).toBeGreaterThan(0.85);
    expect(value).toBeLessThan(0.95);
  });
});

describe('a folder', () => {
  /** A copy of the study in a folder of the test's own. */
  const copy = async () => {
    const path = join(temporaryFolder(), 'new', 'study');
    await writeSampleStudy(path);
    return path;
  };
  const content = (path: string) =>
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file.slice(path.length), createHash('sha256').update(readFileSync(file)).digest('hex')])
      .sort();

  test('that does not exist is made, and gets the same files every time', async () => {
    expect(content(await copy())).toEqual(content(folder));
  });

  test('that holds a part of the study is completed; equal files are left alone', async () => {
    const path = await copy();
    const kept = join(path, 'labels.csv');
    utimesSync(kept, 1, 1);
    rmSync(join(path, 'clear'), { recursive: true });
    const interrupted = readdirSync(join(path, 'nodular')).slice(0, 2);
    truncateSync(join(path, 'nodular', interrupted[0]!), 1000);
    truncateSync(join(path, 'nodular', interrupted[1]!), 0);
    writeFileSync(join(path, '.DS_Store'), '');
    await writeSampleStudy(path);
    rmSync(join(path, '.DS_Store'));
    expect(content(path)).toEqual(content(folder));
    expect(statSync(kept).mtimeMs).toBe(1000);
  });

  test.each(['mine.txt', 'clear/mine.png', 'labels.csv', 'deeper/labels.csv'])(
    'that holds %s of the user is refused before anything is written',
    async (name) => {
      const path = temporaryFolder();
      for (const made of ['clear', 'deeper']) mkdirSync(join(path, made));
      writeFileSync(join(path, name), 'file,label\na.png,benign\n');
      const before = content(path);
      await expect(writeSampleStudy(path)).rejects.toMatchObject({
        code: 'FOLDER_NOT_EMPTY',
        message: `The folder '${path}' holds other files, for example '${name}'.`,
      });
      expect(content(path)).toEqual(before);
    },
  );

  test('that is a file, or lies below one, is refused', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, 'mine');
    for (const path of [file, join(file, 'below')])
      await expect(writeSampleStudy(path)).rejects.toMatchObject({ code: 'FOLDER_NOT_WRITABLE' });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test('stays as it was when the writing is cancelled', async () => {
    const path = join(temporaryFolder(), 'study');
    const stop = new AbortController();
    const onProgress = (done: number) => done === 5 && stop.abort();
    await expect(writeSampleStudy(path, { signal: stop.signal, onProgress })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(content(join(path, '..'))).toEqual([]);
  });

  const script = `
    const { writeSampleStudy } = await import(${JSON.stringify(import.meta.resolve('../../../src-main/engine/data/sample.ts'))});
    await writeSampleStudy(process.argv[1]).then(
      () => console.log('written'),
      (error) => console.log(error.code + '\\n' + error.message),
    );`;
  const command = ['--input-type=module', '-e', script];

  test('without permission is named', () => {
    const path = temporaryFolder();
    chmodSync(path, 0o555);
    // Permissions do not bind root: there, a process of another user tries.
    const { stdout } = spawnSync(process.execPath, [...command, path], {
      encoding: 'utf8',
      ...(process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}),
    });
    expect(stdout).toBe(`FOLDER_NOT_WRITABLE\nThe sample data cannot be kept in '${path}' (EACCES).\n`);
  });

  const mount = 'mount -t tmpfs -o size=1m tmpfs /mnt';
  const mountable =
    process.platform === 'linux' && spawnSync('unshare', ['-rm', 'sh', '-c', mount], { stdio: 'ignore' }).status === 0;

  test.skipIf(!mountable)('on a full disk is named, and completed once there is space', () => {
    // The mount is seen only by this shell and its children, and gone with them.
    const steps = `${mount} && "$@" && mount -o remount,size=20m /mnt && "$@" && ls /mnt/study/clear | wc -l`;
    const { stdout } = spawnSync(
      'unshare',
      ['-rm', 'sh', '-c', steps, 'sh', process.execPath, ...command, '/mnt/study'],
      { encoding: 'utf8' },
    );
    expect(stdout).toBe("DISK_FULL\nThe disk is full: the sample data do not fit into '/mnt/study'.\nwritten\n120\n");
  });
});
