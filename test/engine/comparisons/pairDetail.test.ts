import { describe, expect, test } from 'vitest';
import { tournamentResult } from '../../../src-main/contract/comparison/tournament.ts';
import { outcomeOf } from '../../../src-main/contract/comparison/outcome.ts';
import { disagreementsOf } from '../../../src-main/engine/comparisons/disagreements.ts';
import { lossSentences } from '../../../src-main/engine/comparisons/losses.ts';
import { pairDetails } from '../../../src-main/engine/comparisons/pairDetail.ts';
import { pairedDifference } from '../../../src-main/engine/comparisons/pairedDifference.ts';
import type { TestedRun } from '../../../src-main/engine/comparisons/tested.ts';
import { summariseTournament } from '../../../src-main/engine/comparisons/tournamentResult.ts';
import { correctedMean } from '../../../src-main/engine/metrics/correctedResampled.ts';
import { generator } from '../../../src-main/engine/random.ts';
import { drawnPlan, drawnRuns, type DrawnRow } from './drawnTournament.ts';

const CLASSES = ['NV', 'BKL', 'MEL'];
const full: DrawnRow = { strategy: 'full', parameters: 2_000_000, skill: 2, source: 'imagenet' };
const small: DrawnRow = { ...full, strategy: 'truncated', cut: 'features.5', parameters: 100_000, skill: 1.2 };
const options = { classes: CLASSES, confidence: 0.95, resamples: 500 };

/** A run on 300 images of 150 patients, a tenth of them MEL; `weak` is how little MEL stands out. */
function run(name: string, weak: number, { patients = 150 } = {}): TestedRun {
  const own = generator('own', name);
  const test = Array.from({ length: patients }, (_, patient) => {
    const random = generator('patient', patient);
    const label = patient % 10 === 0 ? 2 : patient % 2;
    return [0, 1].map((image) => {
      const logits = CLASSES.map((_each, at) => 3 * random() + own() + (at === label ? (label === 2 ? weak : 1.2) : 0));
      const sum = logits.reduce((total, each) => total + Math.exp(3 * each), 0);
      return {
        file: `${patient}-${image}.png`,
        group: `patient ${patient}`,
        label,
        probabilities: Float32Array.from(logits, (each) => Math.exp(3 * each) / sum),
      };
    });
  }); // prettier-ignore
  const [template] = drawnRuns([full]);
  return { ...template!, record: { ...template!.record, run: name }, test: test.flat(), ratio: 0.25 };
}

describe('what the smaller model loses', () => {
  const runs = [run('reference', 2.2), run('small', 0.2)];

  test('is the class that it finds less of at the same specificity, and nothing else', async () => {
    const [detail] = await pairDetails(runs, [{ own: [1], reference: [0] }], options);
    const [nv, , mel] = detail!.classes;
    expect(mel).toMatchObject({ class: 'MEL', images: 30, patients: 15, afterHolm: true });
    expect(mel!.difference!.high).toBeLessThan(-0.1);
    expect(mel!.difference!.value).toBeCloseTo(mel!.own! - mel!.reference!, 12);
    expect(nv!.difference!.high).toBeGreaterThanOrEqual(0);
    expect(detail!.corrected).toEqual({ classes: 3, comparisons: 1 });
    // Several images of a patient: clustered, or by patient.
    expect(['clustered', 'sign']).toContain(detail!.decisions.method);
    expect(detail!.delong).toBeNull();
    const [first, ...others] = lossSentences(detail!, 0.05);
    expect(first).toMatch(
      /^But it finds fewer of ‘MEL’: \d+\.\d points of sensitivity less \(\d+\.\d to \d+\.\d\) at the specificity of the reference\.$/,
    );
    expect(others.join(' ')).not.toContain('‘NV’: ');
  });

  test('against itself is nothing, and what could not be seen is said', async () => {
    const [detail] = await pairDetails(runs, [{ own: [0], reference: [0] }], options);
    for (const { difference, own, reference, slopes } of detail!.classes) {
      expect(own).toBe(reference);
      expect(difference).toBeNull();
      expect(slopes.difference).toMatchObject({ value: 0, low: 0, high: 0 });
    }
    expect(detail!.decisions).toMatchObject({ onlyOwn: 0, onlyReference: 0, p: 1, differ: { images: 0, patients: 0 } });
    expect(lossSentences(detail!, 0.05)).toEqual([]);
    const few = [run('reference', 2.2, { patients: 10 }), run('small', 0.3, { patients: 10 })];
    const [of] = await pairDetails(few, [{ own: [1], reference: [0] }], { ...options, resamples: 200 });
    expect(JSON.stringify(of)).not.toMatch(/NaN|Infinity/);
    expect(of!.classes.every(({ slopes }) => slopes.own.reason !== null || Number.isFinite(slopes.own.value))).toBe(
      true,
    );
  });

  test('Holm’s procedure goes over the classes of all comparisons', async () => {
    const [a, b] = await pairDetails([...runs, run('middle', 1.5)], [{ own: [1], reference: [0] }, { own: [2], reference: [0] }], options); // prettier-ignore
    expect(a!.corrected).toEqual({ classes: 6, comparisons: 2 });
    expect(b!.corrected).toEqual(a!.corrected);
  });

  test('the images on which the two differ come with what each called them, the losses first', () => {
    const found = disagreementsOf(runs, { own: [1], reference: [0] }, CLASSES);
    expect(found.length).toBeGreaterThan(10);
    const kinds = found.map((each) => (each.reference === each.class ? 0 : each.own === each.class ? 2 : 1));
    expect(kinds).toEqual(kinds.toSorted());
    for (const { own, reference, ownProbability, times, of, runs: by } of found) {
      expect(own).not.toBe(reference);
      expect(ownProbability).toBeGreaterThan(1 / 3);
      expect([times, of, by]).toEqual([1, 1, { own: 'small', reference: 'reference' }]);
    }
  });
});

describe('a tournament', () => {
  const classes = ['benign', 'malignant'];
  const plan = drawnPlan({ margin: 0.3 });

  test('says what got worse though AUROC is within the margin; lists say it without a figure', async () => {
    const runs = drawnRuns([full, small], { patients: 400 });
    const result = await summariseTournament(plan, runs, { classes, grouping: 'patient' });
    expect(tournamentResult.parse(result)).toEqual(result);
    expect(result.verdict).toContain('The smallest model that is non-inferior');
    expect(result.verdict).toMatch(/But it finds fewer of ‘malignant’: \d+\.\d points of sensitivity less/);
    expect(result.verdict).toMatch(/It is wrong \d+ times where the reference is right, and right \d+ times/);
    expect(outcomeOf(result)).toMatch(/^Truncated at features\.5: .*, but finds fewer of .*‘malignant’/);
    expect(outcomeOf(result)).not.toMatch(/\d\.\d/);
    // One image of each patient and one run: exact, and DeLong's paired test.
    expect(result.rows[1]!.against).toMatchObject({ decisions: { method: 'mid-p' }, delong: { afterHolm: true } });
    expect(result.rows[0]!.against).toBeNull();
  });

  test('any two rows have the numbers that the table has of the pair', async () => {
    const runs = drawnRuns([full, small], { patients: 200, folds: 4, seeds: [0, 1] });
    const result = await summariseTournament(plan, runs, { classes, grouping: 'patient' });
    const key = ({ strategy, source, cut = null }: DrawnRow) => ({ strategy, cut, source: source ?? null, share: 1 });
    const found = await pairedDifference(
      runs,
      { a: key(small), b: key(full) },
      {
        ...{ classes, confidence: 0.95, resamples: result.resamples, grouping: 'patient' },
        shown: { folder: '/study', greyScale: 'picture' },
      },
    );
    expect(found.detail).toEqual(result.rows[1]!.against);
    const { images } = found.disagreements!;
    expect(images).toHaveLength(result.rows[1]!.against!.decisions.differ.images);
    expect(images.every(({ times, of }) => of === 2 && times <= 2)).toBe(true);
  });

  test('has means over folds with the corrected interval, the difference fold by fold', async () => {
    const runs = drawnRuns([full, small], { patients: 200, folds: 5 });
    const { rows } = await summariseTournament(plan, runs, { classes, grouping: 'patient' });
    const aurocs = (from: number) => runs.slice(from, from + 5).map(({ record }) => record.testAuroc!);
    const gaps = aurocs(5).map((each, at) => each - aurocs(0)[at]!);
    expect(rows[1]!.corrected!.difference).toEqual(correctedMean(gaps, 0.25, 0.95));
    expect(rows[0]!.corrected!.difference).toBeNull();
    const { low, high } = rows[0]!.corrected!.auroc!;
    // Wider than if the folds were independent.
    expect(high - low).toBeGreaterThan(1.4 * (2 * 2.776 * rows[0]!.auroc!.deviation!) / Math.sqrt(5));
    const [alone] = (await summariseTournament(plan, drawnRuns([full]), { classes })).rows;
    expect(alone!.corrected).toEqual({ auroc: null, auprc: null, difference: null });
  }); // prettier-ignore
});
