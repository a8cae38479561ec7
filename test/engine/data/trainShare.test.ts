import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareOfPatients } from '../../../src-main/engine/data/trainShare.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const image = (label: string, patient: string, number = 0) => ({
  label,
  group: hash(patient),
  sha256: hash(`${label} ${patient} ${number}`),
});

/** Two to four classes with 1 to 40 patients of one class each, 1 to 3 images for a patient. */
const studies = fc
  .array(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 40 }), { minLength: 2, maxLength: 4 })
  .map((classes) =>
    classes.flatMap((patients, label) =>
      patients.flatMap((count, patient) =>
        Array.from({ length: count }, (_, number) => image(`class ${label}`, `${label}-${patient}`, number)),
      ),
    ),
  );
type Study = ReturnType<typeof image>[];
const patients = (images: Study) => new Set(images.map(({ group }) => group)).size;
const shares = [0.05, 0.1, 0.25, 0.5, 1];

test('smaller shares are inside larger ones, whole patients only, each class in its share', () => {
  fc.assert(
    fc.property(studies, fc.nat(), (images, seed) => {
      let before: number[] = [];
      for (const share of shares) {
        const taken = shareOfPatients(images, { share, seed });
        expect(taken).toEqual(expect.arrayContaining(before));
        before = taken;
        const kept = taken.map((position) => images[position]!);
        const groups = new Set(kept.map(({ group }) => group));
        expect(kept).toEqual(images.filter(({ group }) => groups.has(group)));
        for (const label of new Set(images.map((each) => each.label))) {
          const of = (among: Study) => patients(among.filter((each) => each.label === label));
          expect(of(kept)).toBe(Math.max(1, Math.round(share * of(images))));
        }
      }
      expect(before).toEqual(images.map((_, position) => position));
    }),
  );
});

test('neither order nor salt changes what is taken; another seed does', () => {
  const images = Array.from({ length: 80 }, (_, number) => image(number % 2 ? 'a' : 'b', `${number}`));
  const taken = (of: Study, seed: number) =>
    shareOfPatients(of, { share: 0.25, seed })
      .map((position) => of[position]!.sha256)
      .sort();
  const salted = images.toReversed().map((each) => ({ ...each, group: hash(`salt ${each.group}`) }));
  expect(taken(salted, 1)).toEqual(taken(images, 1));
  expect(taken(images, 2)).not.toEqual(taken(images, 1));
});

test('patients of several classes count for each, and a quarter of them is a quarter', () => {
  const images = Array.from({ length: 40 }, (_, number) => [image('a', `${number}`), image('b', `${number}`)]).flat();
  const kept = shareOfPatients(images, { share: 0.25, seed: 0 }).map((position) => images[position]!);
  expect(patients(kept)).toBe(10);
  expect(kept).toHaveLength(20);
});
