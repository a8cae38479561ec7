import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldsByGroup, foldSplit } from '../../../src-main/engine/data/folds.ts';
import type { CutpointError } from '../../../src-main/contract/errors.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

/** Images of one or two a patient: `classes` says how many patients each class has. */
function images(...classes: number[]) {
  return classes.flatMap((patients, label) =>
    Array.from({ length: patients }, (_, patient) =>
      Array.from({ length: 1 + (patient % 2) }, (__, number) => ({
        label: `class ${label}`,
        group: hash(`${label} ${patient}`),
        sha256: hash(`${label} ${patient} ${number}`),
      })),
    ).flat(),
  );
}
const studies = fc.array(fc.integer({ min: 10, max: 40 }), { minLength: 2, maxLength: 4 }).map((of) => images(...of));
const ks = fc.integer({ min: 2, max: 5 });
const patientsOf = (of: ReturnType<typeof images>, keep: (index: number) => boolean, label: string) =>
  new Set(of.filter((image, index) => keep(index) && image.label === label).map(({ group }) => group)).size;
const labels = (of: ReturnType<typeof images>) => [...new Set(of.map(({ label }) => label))];

describe('foldsByGroup', () => {
  it('a patient is in one fold, and each class is spread as evenly as whole patients can be', () => {
    fc.assert(
      fc.property(studies, ks, fc.nat(), (of, k, seed) => {
        const folds = foldsByGroup(of, { k, seed });
        const home = new Map<string, number>();
        of.forEach(({ group }, index) => {
          expect(home.get(group) ?? folds[index]).toBe(folds[index]);
          home.set(group, folds[index]!);
        });
        for (const label of labels(of)) {
          const total = patientsOf(of, () => true, label);
          for (let fold = 0; fold < k; fold++) {
            const count = patientsOf(of, (index) => folds[index] === fold, label);
            expect([Math.floor(total / k), Math.ceil(total / k)]).toContain(count);
          }
        }
        const sizes = Array.from(
          { length: k },
          (_, f) => new Set(of.flatMap(({ group }, i) => (folds[i] === f ? group : []))).size,
        );
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50 },
    );
  });

  it('follows from the images and the seed: not from their order, nor from how patients are called', () => {
    fc.assert(
      fc.property(studies, ks, fc.nat(100), (of, k, seed) => {
        const folds = foldsByGroup(of, { k, seed });
        const reversed = of.map((image) => ({ ...image, group: hash(image.group) })).toReversed();
        expect(foldsByGroup(reversed, { k, seed }).toReversed()).toEqual(folds);
      }),
      { numRuns: 30 },
    );
    const of = images(20, 20);
    expect(foldsByGroup(of, { k: 4, seed: 1 })).not.toEqual(foldsByGroup(of, { k: 4, seed: 2 }));
  });

  it('within a class, each stratum is spread evenly, too; those of few patients are taken together', () => {
    const of = Array.from({ length: 90 }, (_, patient) => ({
      label: patient % 3 === 0 ? 'a' : 'b',
      group: hash(String(patient)),
      sha256: hash(`image of ${patient}`),
      stratum: patient > 86 ? `rare ${patient}` : patient < 30 ? 'here' : 'there',
    }));
    const folds = foldsByGroup(of, { k: 5, seed: 3 });
    for (const label of ['a', 'b'])
      for (const stratum of ['here', 'there']) {
        const own = of.flatMap((image, at) => (image.label === label && image.stratum === stratum ? [folds[at]!] : []));
        const counts = [0, 1, 2, 3, 4].map((fold) => own.filter((each) => each === fold).length);
        expect(Math.max(...counts) - Math.min(...counts), `${label} ${stratum}`).toBeLessThanOrEqual(1);
      }
    // By class alone they come out otherwise.
    const plain = foldsByGroup(of.map(({ stratum: _, ...image }) => image), { k: 5, seed: 3 }); // prettier-ignore
    expect(folds).not.toEqual(plain);
    for (const label of labels(of))
      for (let fold = 0; fold < 5; fold++)
        expect(patientsOf(of, (at) => folds[at] === fold, label)).toBe(label === 'a' ? 6 : 12);
  });

  it('patients with images of several classes stay whole, and every class is in every fold', () => {
    const of = Array.from({ length: 24 }, (_, patient) =>
      ['a', 'b', 'c'].slice(patient % 3, 1 + (patient % 3) + (patient % 2)).map((label) => ({
        label,
        group: hash(String(patient)),
        sha256: hash(`${patient} ${label}`),
      })),
    ).flat();
    const folds = foldsByGroup(of, { k: 3, seed: 0 });
    for (const label of labels(of))
      for (const fold of [0, 1, 2])
        expect(patientsOf(of, (index) => folds[index] === fold, label)).toBeGreaterThanOrEqual(2);
  });
});

describe('foldSplit', () => {
  it('tests every patient once over the folds; the others train and validate, every class in every part', () => {
    fc.assert(
      fc.property(studies, ks, fc.nat(), (of, k, seed) => {
        const splits = Array.from({ length: k }, (_, fold) => foldSplit(of, { k, seed, fold, validation: 0.15 }));
        of.forEach((_, index) => expect(splits.filter((split) => split[index] === 'test').length).toBe(1));
        for (const split of splits) {
          const home = new Map<string, string>();
          of.forEach(({ group }, index) => {
            expect(home.get(group) ?? split[index]).toBe(split[index]);
            home.set(group, split[index]!);
          });
          for (const label of labels(of))
            for (const part of ['train', 'validation', 'test'])
              expect(patientsOf(of, (index) => split[index] === part, label)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('validates the share of all patients that was asked for', () => {
    const of = images(40, 60);
    const split = foldSplit(of, { k: 5, seed: 0, fold: 2, validation: 0.2 });
    const count = (part: string) => labels(of).map((label) => patientsOf(of, (index) => split[index] === part, label));
    expect({ train: count('train'), validation: count('validation'), test: count('test') }).toEqual({
      train: [24, 36],
      validation: [8, 12],
      test: [8, 12],
    });
  });
});

describe('a fold in two halves', () => {
  it('tests one half and validates on the other, every class in both; the folds are those of whole ones', () => {
    fc.assert(
      fc.property(studies, ks, fc.nat(), (of, k, seed) => {
        for (let fold = 0; fold < k; fold++) {
          const halved = foldSplit(of, { k, seed, fold, validation: 'half' });
          const whole = foldSplit(of, { k, seed, fold, validation: 0.15 });
          expect(halved.map((part) => part !== 'train')).toEqual(whole.map((part) => part === 'test'));
          const home = new Map(of.map(({ group }, index) => [group, halved[index]!]));
          expect(of.map(({ group }) => home.get(group))).toEqual(halved);
          for (const label of labels(of)) {
            const [tested, validating] = (['test', 'validation'] as const).map((part) =>
              patientsOf(of, (index) => halved[index] === part, label),
            );
            expect(tested).toBeGreaterThan(0);
            expect(Math.abs(tested! - validating!)).toBeLessThanOrEqual(1);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('refused', () => {
  const refusal = (work: () => unknown): CutpointError => {
    try {
      work();
    } catch (thrown) {
      return thrown as CutpointError;
    }
    throw new Error('not refused');
  };

  it('one patient per class in a fold, with the numbers of folds that would work', () => {
    const error = refusal(() => foldsByGroup(images(20, 7), { k: 5, seed: 0, grouping: 'patient' }));
    expect(error).toMatchObject({ code: 'TOO_FEW_GROUPS', details: { class: 'class 1', patients: 7, valid: [2, 3] } });
    expect(error.message).toBe(
      'Each of 5 folds needs 2 patients of every class to test on, but the class "class 1" has only 7.',
    );
    expect(error.remedy).toContain('2, 3 folds');
  });

  it('a class of too few patients for any folds', () => {
    const error = refusal(() => foldsByGroup(images(20, 3), { k: 2, seed: 0 }));
    expect(error).toMatchObject({ code: 'TOO_FEW_GROUPS', details: { valid: [] } });
    expect(error.remedy).toContain('one fixed split');
  });

  it('a validation share that leaves nothing to train on', () => {
    const error = refusal(() => foldSplit(images(20, 20), { k: 2, seed: 0, fold: 0, validation: 0.5 }));
    expect(error).toMatchObject({ code: 'INPUT_INVALID' });
    expect(error.message).toContain('50 %');
  });
});
