import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isWorthAWarning, type Predictor, type Shortcuts } from '../../../src-main/contract/shortcuts.ts';
import { scanDataset } from '../../../src-main/engine/data/scan.ts';
import { crossValidate } from '../../../src-main/engine/data/shortcuts/crossValidate.ts';
import { fileNumbers } from '../../../src-main/engine/data/shortcuts/fileNumbers.ts';
import { categories, numbers } from '../../../src-main/engine/data/shortcuts/levels.ts';
import { probeShortcuts, type Labelled } from '../../../src-main/engine/data/shortcuts/shortcuts.ts';
import { generator } from '../../../src-main/engine/random.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put, smallDicom } from '../../support/pictures.ts';

// scikit-learn 1.9.1 and numpy 2.4.6, see test/golden/shortcuts.py.
const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../../golden/shortcuts.json'), 'utf8')) as {
  labels: number[];
  folds: number[];
  patients: number[];
  features: { kind: 'category' | 'number'; values: (number | null)[] }[];
  auroc: number;
  error: number;
}[];

describe('out-of-fold AUROC of what is no image', () => {
  it.each(golden.map((each, at) => [at, each] as const))('is that of scikit-learn (%i)', (_, each) => {
    const count = Math.max(...each.patients) + 1;
    const { value, influences } = crossValidate(
      each.features.map(({ kind, values }) =>
        kind === 'category' ? categories(values.map(String)) : numbers(values.map((one) => one ?? undefined)),
      ),
      {
        labels: Uint16Array.from(each.labels),
        classes: new Set(each.labels).size,
        folds: each.folds,
        patients: Uint32Array.from(each.patients),
        count,
      },
    );
    expect(value).toBeCloseTo(each.auroc, 9);
    expect(Math.sqrt(influences.reduce((sum, one) => sum + one ** 2, 0))).toBeCloseTo(each.error, 6);
  });
});

/** 60 patients with two images each, of two classes; what `of` says of an image, and of one of the other class. */
function drawn(
  of: (image: { at: number; one: boolean; random: () => number }) => Partial<Labelled['probe']>,
  patients = 60,
): Labelled[] {
  const random = generator('shortcuts');
  return Array.from({ length: 2 * patients }, (_, at) => {
    const patient = Math.floor(at / 2);
    const one = patient % 2 === 1;
    return {
      file: `${one ? 'b' : 'a'}/${at % 2}.png`,
      label: one ? 'b' : 'a',
      group: `p${patient}`,
      sha256: createHash('sha256').update(String(at)).digest('hex'),
      probe: {
        ...{ format: 'PNG', width: 64, height: 64, bytes: 4096, bits: 8 },
        look: { mean: 0, deviation: 0, common: 0, characters: 0, border: [1, 2, 1, 2, 1, 2, 1, 2] },
        ...of({ at, one, random }),
      },
    };
  });
}
const only = ({ found }: Shortcuts) => Object.fromEntries(found.map((each) => [each.by, each])) as Record<Predictor, Shortcuts['found'][number]>; // prettier-ignore

describe('shortcuts', () => {
  it('each that goes with the label is found, also where no threshold tells it', async () => {
    const border = (at: number, level: number) => [1, 2, level, 2, 1, 2, 1, at % 3];
    const images = drawn(({ at, one, random }) => ({
      // One class lies between the sizes of the other.
      width: one ? 500 + Math.floor(100 * random()) : random() < 0.5 ? 300 : 900,
      look: { mean: 0, deviation: 0, common: 0, characters: 0, border: border(at, one ? 200 : 200 * random()) },
      identity: {
        scanner: random() < 0.85 === one ? 'Alpha' : 'Beta',
        date: `20${one ? 14 : 12}-0${1 + Math.floor(9 * random())}-01`,
      },
    }));
    const { found, ...rest } = await probeShortcuts(images);
    expect(rest).toEqual({ confidence: 0.95, images: 120, groups: 60, classes: 2 });
    // What is the same for all images is not tried.
    expect(found.map(({ by }) => by)).toEqual(['scanner', 'date', 'size', 'border', 'bytes']);
    for (const each of found) expect(each).toSatisfy(isWorthAWarning);
    const { date, scanner } = only({ found, ...rest });
    // Not one pair is wrong, and 30 patients a class are no certainty.
    expect(date).toMatchObject({ auroc: 1, high: 1 });
    expect(date.low).toBeLessThan(0.9);
    expect(scanner.auroc).toBeGreaterThan(0.75);
    expect(scanner.high).toBeLessThan(0.96);
  });

  it('what has nothing to do with the label is not, be it each patient’s own', async () => {
    const images = drawn(({ at, random }) => ({
      height: 300 + Math.floor(200 * random()),
      identity: { station: `st${at >> 1}`, scanner: random() < 0.5 ? 'Alpha' : 'Beta' },
    }));
    const { found } = await probeShortcuts(images);
    for (const { by, low, high } of found) {
      expect(low, by).toBeLessThanOrEqual(0.5);
      expect(high, by).toBeGreaterThanOrEqual(0.5);
    }
    // Of a patient nothing is learnt that is tested on: an image of the same station would tell its class.
    expect(found.find(({ by }) => by === 'station')).toMatchObject({ auroc: 0.5 });
  });

  it('with several classes, each counts against the rest; those that are too small are left aside', async () => {
    const three = drawn(({ at }) => ({ height: 100 * (at % 3) + 100 })).map((image, at) => ({
      ...image,
      label: at < 8 ? 'few' : 'xyz'[at % 3]!,
      group: `p${at}`,
    }));
    const { found, ...rest } = await probeShortcuts(three);
    expect(rest).toMatchObject({ images: 112, groups: 112, classes: 3 });
    expect(found.find(({ by }) => by === 'size')).toMatchObject({ auroc: 1 });
  });

  it.each([
    [120, 0.75, 0.92],
    [40, 0.75, 0.92],
    // Where nothing predicts, folds err downwards; no such study is warned of.
    [120, 0.5, 0.8],
  ])('in 200 drawn studies of %i patients with an AUROC of %d, intervals hold it', async (patients, auroc, least) => {
    let [held, warned] = [0, 0];
    for (let study = 0; study < 200; study++) {
      const random = generator('coverage', patients, auroc, study);
      // The scanner of a patient goes with the class as often as the AUROC says.
      const scanners = Array.from({ length: patients }, (_, at) => ((random() < auroc) === (at % 2 === 1) ? 'Alpha' : 'Beta')); // prettier-ignore
      const images = drawn(({ at }) => ({ identity: { scanner: scanners[at >> 1]! } }), patients);
      const { found } = await probeShortcuts(images.map((image) => ({ ...image, sha256: `${study} ${image.sha256}` })));
      const [{ low, high }] = found as [Shortcuts['found'][number]];
      if (low <= auroc && auroc <= high) held++;
      if (isWorthAWarning({ low })) warned++;
    }
    expect(held / 200).toBeGreaterThan(least);
    if (auroc === 0.5) expect(warned).toBe(0);
  });

  it('of too few images, or patients, nothing is said', async () => {
    const images = drawn(({ one }) => ({ width: one ? 10 : 20 }));
    const none = { confidence: 0.95, images: 0, groups: 0, classes: 0, found: [] };
    expect(await probeShortcuts(images.slice(0, 36))).toEqual(none);
    expect(await probeShortcuts(images.map((image, at) => ({ ...image, group: `p${at % 12}` })))).toMatchObject(none);
    expect((await probeShortcuts(images)).classes).toBe(2);
  });
});

describe('numbers in the names of files', () => {
  const named = (...files: string[]) => files.map((file, at) => ({ file, group: `p${at}` }));
  const folder = (name: string, from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => `${name}/img_${from + at}.png`);

  it('count where files are numbered through, and not where each folder begins anew', () => {
    const through = named(...folder('a', 0, 30), ...folder('b', 30, 60));
    expect(fileNumbers(through)).toEqual([Array.from({ length: 60 }, (_, at) => at)]);
    expect(fileNumbers(named(...folder('a', 0, 30), ...folder('b', 0, 400)))).toEqual([]);
    expect(fileNumbers(named('a/x.png', 'b/y.png'))).toEqual([]);
  });

  it('are those of patients, too; a folder that has a number in its name says nothing', () => {
    const images = Array.from({ length: 40 }, (_, at) => ({
      file: `7/${at >> 1}_${at % 2}.dcm`,
      group: `p${at >> 1}`,
    }));
    expect(fileNumbers(images)).toEqual([images.map((_, at) => at >> 1)]);
  });
});

describe('an audit', () => {
  afterEach(() => void vi.restoreAllMocks());

  it('says before training what predicts the class, with the figure, and once', async () => {
    const folder = temporaryFolder();
    const random = generator('frames');
    for (let at = 0; at < 60; at++) {
      const one = at % 2 === 1;
      // A frame around the images of one class, the same levels within.
      const pixels = Uint8Array.from({ length: 40 * 40 }, (_, pixel) => {
        const [x, y] = [pixel % 40, Math.floor(pixel / 40)];
        const isFrame = Math.min(x, y, 39 - x, 39 - y) < 2;
        return isFrame && one ? 250 : Math.floor(256 * random());
      });
      const raw = { width: 40, height: 40, channels: 1 } as const;
      put(folder, `${one ? 'b' : 'a'}/${at >> 1}.bmp.png`, await sharp(pixels, { raw }).png().toBuffer());
    }
    const { report } = await scanDataset({ folder }, { salt: 'salt' });
    const border = report.shortcuts?.found.find(({ by }) => by === 'border');
    expect(border?.auroc).toBe(1);
    const [said, ...more] = report.warnings.filter(({ code }) => code === 'SHORTCUT');
    expect(more).toEqual([]);
    expect(said?.message).toMatch(/^Without a look at the whole image, the class is predicted by the border pixels with an AUROC of 1\.00 \(0\.\d\d to 1\.00\).*cross-validated by image;/); // prettier-ignore
    expect(said?.grave).toBeUndefined();
  });

  it('leaves alone what is said already, and writes neither stations nor dates to the disk', async () => {
    // Files that were written just now are not kept.
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
    const [folder, facts] = [temporaryFolder(), temporaryFolder()];
    for (let at = 0; at < 60; at++) {
      const [scanner, station, date] = at % 2 ? ['Alpha', 'WARD7', '20190531'] : ['Beta', 'WARD8', '20120531'];
      put(folder, `${'ab'[at % 2]}/${at >> 1}.dcm`, smallDicom(at, `P${at}`, { scanner: scanner!, station: station!, date: date! })); // prettier-ignore
    }
    const audit = () => scanDataset({ folder }, { salt: 'salt', facts });
    const { report } = await audit();
    expect(report.warnings.map(({ code }) => code)).toEqual(['LABEL_IS_SCANNER', 'SHORTCUT']);
    const [, { message }] = report.warnings as [unknown, { message: string }];
    expect(message).toMatch(/predicted by the station with .*; the date of the examination with /);
    expect(message).not.toContain('scanner with');
    expect(report.shortcuts?.found.slice(0, 3).map(({ by }) => by)).toEqual(['scanner', 'station', 'date']);
    expect((await audit()).report).toEqual(report);
    const kept = readdirSync(facts).map((name) => readFileSync(join(facts, name), 'utf8')).join(); // prettier-ignore
    expect(kept).toContain('Alpha');
    expect(kept).not.toMatch(/WARD|2019-?05/);
    expect(JSON.stringify(report)).not.toMatch(/WARD|2019-?05/);
  });
});
