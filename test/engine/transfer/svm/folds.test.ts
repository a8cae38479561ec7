import { describe, expect, it } from 'vitest';
import { calibrationFolds } from '../../../../src-main/engine/transfer/svm/folds.ts';

/** One image for each label of each patient. */
const imagesOf = (patients: readonly (readonly string[])[], salt = '') =>
  patients.flatMap((labels, patient) =>
    labels.map((label) => ({ label, group: `${salt}${patient}`, sha256: `${patient} ${label}` })),
  );

describe('folds for calibration', () => {
  const patients = [
    ...Array.from({ length: 13 }, () => ['a', 'a']),
    ['a', 'b'],
    ['b'],
    ['b', 'b'],
    ['b', 'c'],
    ['c', 'c'],
  ];

  it('keep a patient together, spread every class, and follow from the images and the seed alone', () => {
    const images = imagesOf(patients);
    const folds = calibrationFolds(images, 3);
    // The rarest class has two patients.
    expect(new Set(folds)).toEqual(new Set([0, 1]));
    for (const group of new Set(images.map((image) => image.group))) {
      expect(new Set(folds.filter((_, index) => images[index]!.group === group)).size).toBe(1);
    }
    for (const label of ['a', 'b', 'c']) {
      const sizes = [0, 1].map((fold) => {
        const own = images.filter((image, index) => image.label === label && folds[index] === fold);
        return new Set(own.map(({ group }) => group)).size;
      });
      expect(Math.abs(sizes[0]! - sizes[1]!), label).toBeLessThanOrEqual(2);
      expect(Math.min(...sizes), label).toBeGreaterThan(0);
    }
    expect(calibrationFolds(imagesOf(patients, 'other salt'), 3)).toEqual(folds);
    const seeds = Array.from({ length: 5 }, (_, seed) => calibrationFolds(images, seed).join());
    expect(new Set(seeds).size).toBeGreaterThan(1);
  });

  it('are five where every class has patients enough', () => {
    const many = imagesOf(Array.from({ length: 24 }, (_, index) => [index % 3 === 0 ? 'a' : 'b']));
    expect(new Set(calibrationFolds(many, 0)).size).toBe(5);
  });

  it.each([
    ['a class of one patient', [['a'], ['a'], ['b', 'b']], /"b" has one/],
    ['all of a class in one patient of another', [['a', 'b'], ['a'], ['a']], /"b" has one/],
  ])('are refused for %s', (_, patients, message) => {
    expect(() => calibrationFolds(imagesOf(patients), 0)).toThrow(
      expect.objectContaining({ code: 'TOO_FEW_GROUPS', message: expect.stringMatching(message) }),
    );
  });
});
