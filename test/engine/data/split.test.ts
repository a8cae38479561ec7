import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitByGroup } from '../../../src-main/engine/data/split.ts';
import type { SplitName } from '../../../src-main/engine/data/types.ts';

interface Image {
  label: string;
  group: string;
  sha256: string;
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const image = (label: string, group: string, number: number): Image => ({
  label,
  group: hash(`group ${group}`),
  sha256: hash(`${label} ${group} ${number}`),
});

/** Classes with 4 to 40 patients of one class each, 1 to 5 images for a patient. */
const studies = fc
  .array(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 4, maxLength: 40 }), { minLength: 2, maxLength: 4 })
  .map((classes) =>
    classes.flatMap((patients, label) =>
      patients.flatMap((images, patient) =>
        Array.from({ length: images }, (_, number) => image(`class ${label}`, `${label}-${patient}`, number)),
      ),
    ),
  );
const options = { validation: 0.15, test: 0.2, seed: 3 };
const groupsOf = (images: Image[], splits: SplitName[], split: SplitName, label: string) =>
  new Set(images.filter((entry, index) => splits[index] === split && entry.label === label).map(({ group }) => group));

describe('splitByGroup', () => {
  it('a patient never crosses, and every class is in every split', () => {
    fc.assert(
      fc.property(studies, fc.nat(), (images, seed) => {
        const splits = splitByGroup(images, { ...options, seed });
        const home = new Map<string, SplitName>();
        images.forEach(({ group }, index) => {
          expect(home.get(group) ?? splits[index]).toBe(splits[index]);
          home.set(group, splits[index]!);
        });
        for (const label of new Set(images.map((entry) => entry.label)))
          for (const split of ['train', 'validation', 'test'] as const)
            expect(groupsOf(images, splits, split, label).size).toBeGreaterThan(0);
      }),
    );
  });

  it('each class has the shares of its patients, to within one patient', () => {
    fc.assert(
      fc.property(studies, (images) => {
        const splits = splitByGroup(images, options);
        for (const label of new Set(images.map((entry) => entry.label))) {
          const total = new Set(images.filter((entry) => entry.label === label).map(({ group }) => group)).size;
          for (const [split, share] of [
            ['validation', 0.15],
            ['test', 0.2],
          ] as const)
            expect(Math.abs(groupsOf(images, splits, split, label).size - share * total)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('the same seed gives the same split, whatever the order of the images and the salt of the groups', () => {
    fc.assert(
      fc.property(studies, fc.nat(), (images, seed) => {
        const splits = splitByGroup(images, { ...options, seed });
        const mixed = images
          .map((entry, index) => ({ entry, index }))
          .sort((a, b) => (a.entry.sha256 < b.entry.sha256 ? 1 : -1));
        const resalted = mixed.map(({ entry }) => ({ ...entry, group: hash(`other salt ${entry.group}`) }));
        const again = splitByGroup(resalted, { ...options, seed });
        mixed.forEach(({ index }, position) => expect(again[position]).toBe(splits[index]));
      }),
    );
  });

  it('another seed gives another split', () => {
    const images = Array.from({ length: 60 }, (_, number) => image(number % 2 ? 'a' : 'b', `${number}`, 0));
    expect(splitByGroup(images, { ...options, seed: 1 })).not.toEqual(splitByGroup(images, { ...options, seed: 2 }));
  });

  it('patients with images of several classes stay whole, and every class is still everywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 40 }), fc.nat(), (patients, seed) => {
        const images = Array.from({ length: patients }, (_, patient) => [
          image('a', `${patient}`, 0),
          ...(patient % 3 === 0 ? [image('b', `${patient}`, 1)] : []),
          ...(patient % 2 === 0 ? [image('c', `${patient}`, 2)] : []),
        ]).flat();
        const splits = splitByGroup(images, { ...options, seed });
        for (const label of ['a', 'b', 'c'])
          for (const split of ['train', 'validation', 'test'] as const)
            expect(groupsOf(images, splits, split, label).size).toBeGreaterThan(0);
      }),
    );
  });

  it('without a test share there are two splits', () => {
    const images = Array.from({ length: 20 }, (_, number) => image(number % 2 ? 'a' : 'b', `${number}`, 0));
    expect(new Set(splitByGroup(images, { validation: 0.2, test: 0, seed: 0 }))).toEqual(
      new Set(['train', 'validation']),
    );
  });

  it('a class with too few patients is named', () => {
    const images = Array.from({ length: 20 }, (_, number) => image('a', `${number}`, 0));
    images.push(image('rare', 'r1', 0), image('rare', 'r1', 1), image('rare', 'r2', 0));
    expect(() => splitByGroup(images, options)).toThrow(
      expect.objectContaining({ code: 'TOO_FEW_GROUPS', message: expect.stringContaining('"rare" has only 2') }),
    );
  });
});
