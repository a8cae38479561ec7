import { describe, expect, test } from 'vitest';
import { tournamentResult, type TournamentPlan } from '../../../src-main/contract/comparison/tournament.ts';
import { bootstrapPools, difference, percentileInterval } from '../../../src-main/engine/metrics/bootstrap.ts';
import { predictionsOf } from '../../../src-main/engine/comparisons/tested.ts';
import { summariseTournament } from '../../../src-main/engine/comparisons/tournamentResult.ts';
import { outcomeOf } from '../../../src-main/contract/comparison/outcome.ts';
import { drawnPlan, drawnRuns, type DrawnRow } from './drawnTournament.ts';
import type { TournamentRun } from '../../../src-main/engine/comparisons/tournamentEntries.ts';

/** Of patients who are known. */
const summarise = (plan: TournamentPlan, runs: readonly TournamentRun[]) =>
  summariseTournament(plan, runs, { classes: ['benign', 'malignant'], grouping: 'patient' });

const full: DrawnRow = { strategy: 'full', parameters: 2_225_000, skill: 2, source: 'imagenet' };
const good: DrawnRow = {
  strategy: 'truncated',
  cut: 'features.10',
  parameters: 500_000,
  skill: 1.98,
  source: 'imagenet',
};
const small: DrawnRow = { ...good, cut: 'features.5', parameters: 100_000, skill: 1.2 };

describe('rows', () => {
  const plan = drawnPlan({ seeds: [0, 1], margin: 0.03 });
  const runs = drawnRuns([full, { ...good, latency: 12 }, small], { patients: 400, seeds: [0, 1], folds: 4 });

  test('count, average, and compare on the same patients', async () => {
    const result = await summarise(plan, runs);
    expect(tournamentResult.parse(result)).toEqual(result);
    expect(result).toMatchObject({
      images: 400,
      patients: 400,
      patientsOfRarestClass: 200,
      comparisons: 2,
      resamples: 2000,
    });
    const [reference, middle, weak] = result.rows;
    expect(result.rows.map(({ verdict }) => verdict)).toEqual(['reference', 'not-inferior', 'inferior']);
    expect(result.rows.map(({ pareto }) => pareto)).toEqual([true, true, true]);
    expect(middle).toMatchObject({ cut: 'features.10', parameters: 500_000, runs: 8, failures: 0, latency: 12 });
    expect(reference).toMatchObject({ difference: null, comparison: null, latency: null });
    // Best validation AUROC 0.8 to 1.1 over the folds: 95 % of it at the second epoch in the first, else at the third.
    expect(middle!.convergence).toEqual({ epochs: 2.75, seconds: 27.5 });
    const aurocs = runs.slice(8, 16).map(({ record }) => record.testAuroc!);
    expect(middle!.auroc).toMatchObject({ n: 8, mean: expect.closeTo(aurocs.reduce((a, b) => a + b) / 8, 12) });
    expect(weak!.difference!.high).toBeLessThan(-0.03);
    expect(weak!.comparison).toMatchObject({ patients: 400, p: 1, afterHolm: false });
    expect(middle!.comparison).toMatchObject({ p: 1 / 2001, afterHolm: true });
    expect(result.verdict).toMatch(
      /^The smallest model that is non-inferior to Full fine-tuning is Truncated at features\.10: 500,000 parameters, 22\.5 % of the reference’s 2\.225 M; AUROC 0\.\d{4} \(95 % interval 0\.\d{4} to 0\.\d{4}\), a difference of [+−]0\.\d{4} \(−0\.\d{4} to 0\.\d{4}\) where a loss of 0\.03 was allowed, on 400 patients\. 2 models were compared; this holds after Holm’s correction for all of them\. No class is shown to be found less often; of ‘(benign|malignant)’ a loss of up to \d+\.\d points of sensitivity is not excluded\.$/,
    );
    expect(outcomeOf(result)).toBe('Truncated at features.10: smaller than Full fine-tuning, and non-inferior');
  });

  test('are what the bootstrap of all runs says', async () => {
    const { rows } = await summarise(plan, runs);
    const [reference, middle] = await bootstrapPools(
      runs.map(predictionsOf),
      [0, 8].map((from) => Array.from({ length: 8 }, (_, at) => from + at)),
      { resamples: 2000, seed: 0 },
    );
    expect(rows[1]!.aurocInterval).toEqual(percentileInterval(middle!.auroc, 0.95));
    expect(rows[1]!.auprcInterval).toEqual(percentileInterval(middle!.auprc, 0.95));
    expect(rows[1]!.difference).toEqual(percentileInterval(difference(middle!.auroc, reference!.auroc), 0.95));
  });

  test('of one run with one image to a patient have DeLong’s interval; of several images the bootstrap', async () => {
    const rowsOf = async (images: number) => (await summarise(drawnPlan(), drawnRuns([full], { images }))).rows;
    expect((await rowsOf(1))[0]!.aurocInterval!.method).toBe('delong');
    expect((await rowsOf(2))[0]!.aurocInterval!.method).toBe('bootstrap');
  });
});

describe('failures', () => {
  test('a model with a failed run is measured on the others, and not called not inferior', async () => {
    const runs = drawnRuns([full, { ...good, failed: [1] }, small], { patients: 400, folds: 4 });
    const result = await summarise(drawnPlan({ margin: 0.05 }), runs);
    const { rows, verdict } = result;
    expect(outcomeOf(result)).toBe('no smaller model is shown to be non-inferior to Full fine-tuning');
    expect(rows[1]).toMatchObject({ runs: 4, failures: 1, verdict: 'inconclusive', pareto: false, auroc: { n: 3 } });
    expect(rows[1]!.difference!.low).toBeGreaterThan(-0.05);
    expect(rows[1]!.comparison!.patients).toBe(300);
    expect(verdict).toContain('No smaller model is shown to be non-inferior');
    expect(verdict).toContain('Of 2 smaller models: 1 inferior, 1 inconclusive; more patients could decide.');
    expect(verdict).toContain('1 of 12 runs failed; a model of which a run failed is not called non-inferior.');
  });

  test('where the reference failed, nothing is compared', async () => {
    const runs = drawnRuns([{ ...full, failed: [0, 1] }, good], { folds: 2 });
    const result = await summarise(drawnPlan(), runs);
    const { rows, verdict, comparisons } = result;
    expect(outcomeOf(result)).toBe('nothing to compare with');
    expect(rows.map((row) => row.verdict)).toEqual(['failed', 'inconclusive']);
    expect(rows[1]!.aurocInterval).not.toBeNull();
    expect(rows[0]).toMatchObject({ auroc: null, aurocInterval: null, difference: null, convergence: null });
    expect(comparisons).toBe(0);
    expect(verdict).toBe(
      'Full fine-tuning, the reference, has no tested run, so that no model can be compared with it. 2 of 4 runs failed; a model of which a run failed is not called non-inferior.',
    );
  });

  test('where all failed, it says so', async () => {
    const { verdict, images } = await summarise(drawnPlan(), drawnRuns([{ ...full, failed: [0] }]));
    expect(verdict).toContain('All 1 run failed: there is nothing to compare.');
    expect(images).toBe(0);
  });

  test('runs of one fold on different images are a defect', async () => {
    const runs = drawnRuns([full, good]);
    runs[1]!.test = runs[1]!.test.slice(1);
    await expect(summarise(drawnPlan(), runs)).rejects.toThrow(RangeError);
  });
});

describe('the verdict', () => {
  const verdict = async (rows: DrawnRow[], plan = drawnPlan(), comparison = { patients: 400 }) =>
    (await summarise(plan, drawnRuns(rows, comparison))).verdict;

  test('says when only the reference was run', async () => {
    expect(await verdict([full])).toMatch(
      /^Only the reference was run, Full fine-tuning \(2\.225 M parameters, AUROC 0\.\d{4} \(95 % interval .*\)\): there is nothing to compare it with\.$/,
    );
  });

  test('names what is superior without being smaller', async () => {
    const scratch: DrawnRow = { ...full, strategy: 'scratch', skill: 3 };
    const said = await verdict([full, scratch, small]);
    expect(said).toContain('Superior without being smaller: From scratch.');
    expect(said).toContain('Of 1 smaller model: 1 inferior.');
    expect(await verdict([full, scratch])).toContain('None of the models compared is smaller.');
  });

  test('warns of few patients', async () => {
    expect(await verdict([full, good], drawnPlan({ margin: 0.4 }), { patients: 24 })).toContain(
      'With 12 patients of the rarest class the intervals are too narrow: take this as a first look.',
    );
  });

  test('with several sources compares within each, and speaks of the one with the best reference', async () => {
    const weak = { ...full, source: 'textures', skill: 1 };
    const rows = [full, weak, good, { ...good, source: 'textures', skill: 1 }];
    const plan = drawnPlan({ margin: 0.1 });
    const result = await summarise(plan, drawnRuns(rows, { patients: 400 }));
    const { rows: results, verdict } = result;
    expect(outcomeOf(result)).toBe(
      'Truncated at features.10 from imagenet: smaller than Full fine-tuning from imagenet, and non-inferior',
    );
    expect(results.map((row) => row.verdict)).toEqual(['reference', 'reference', 'not-inferior', 'not-inferior']);
    expect(verdict).toMatch(
      /^The smallest model that is non-inferior to Full fine-tuning from imagenet is Truncated at features\.10 from imagenet:/,
    );
  });

  test('says when it does not stand after the correction for all comparisons', async () => {
    const rows = [
      full,
      { ...good, skill: 1.93 },
      small,
      { ...small, cut: 'features.4' },
      { ...small, cut: 'features.3' },
    ];
    const result = await summarise(drawnPlan(), drawnRuns(rows, { patients: 400 }));
    expect(result.rows[1]).toMatchObject({ verdict: 'not-inferior', comparison: { afterHolm: false } });
    expect(outcomeOf(result)).toMatch(/, and non-inferior, not after Holm’s correction$/);
    expect(result.verdict).toContain(
      '4 models were compared; after Holm’s correction for all of them this no longer holds: confirm it on other patients.',
    );
  });

  test('is drawn from more resamples where many models are compared', async () => {
    const rows = [full, ...Array.from({ length: 6 }, (_, at) => ({ ...small, cut: `features.${at}` }))];
    expect(await summarise(drawnPlan(), drawnRuns(rows, { patients: 10 }))).toMatchObject({
      comparisons: 6,
      resamples: 2400,
    });
  });
});
