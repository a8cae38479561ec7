import { expect, test } from 'vitest';
import { additiveFit, meansBy } from '../../../src-main/engine/metrics/additive.ts';
import { computeMetrics } from '../../../src-main/engine/metrics/metrics.ts';
import { correctedSelection } from '../../../src-main/engine/metrics/selection.ts';
import { generator } from '../../../src-main/engine/random.ts';

function normals(...parts: (string | number)[]): () => number {
  const random = generator(...parts);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Validation predictions of several cuts on the same drawn patients, most of the noise common to all. */
function study(seed: string, skills: readonly number[], patients: number, own = 0.8) {
  const common = normals('common', seed);
  const labels = Array.from({ length: patients }, (_, at) => (at % 3 === 0 ? 1 : 0));
  const shared = labels.map(() => 0.8 * common());
  const groups = labels.map((_, at) => `p${at}`);
  return skills.map((skill, cut) => {
    const noise = normals('own', seed, cut);
    const scores = labels.map((label, at) => 1 / (1 + Math.exp(-(skill * label + shared[at]! + own * noise()))));
    return { labels, groups, probabilities: Float32Array.from(scores.flatMap((score) => [1 - score, score])) };
  });
}
const auprcOf = (run: ReturnType<typeof study>[number]) =>
  computeMetrics(run.labels, run.probabilities, ['a', 'b']).auprc!;

test.each([
  ['cuts that are equally good', () => Array<number>(10).fill(1)],
  ['cuts of which one is the best', (): number[] => Array.from({ length: 10 }, (_, cut) => 1 + 0.08 * cut)],
])('in drawn studies of %s, the corrected score is nearer the truth', async (_, skills) => {
  // The truth of a skill, on many patients.
  const truths = skills().map((skill, cut) => auprcOf(study(`truth ${cut}`, [skill], 20_000)[0]!));
  let [apparent, corrected] = [0, 0];
  const [studies, errors] = [60, { apparent: 0, corrected: 0 }];
  for (let at = 0; at < studies; at++) {
    const runs = study(`study ${at}`, skills(), 80);
    const scores = runs.map(auprcOf);
    const chosen = scores.indexOf(Math.max(...scores));
    const found = await correctedSelection(runs, (auprc) => auprc.slice(), { chosen, draws: 100, seed: at });
    apparent += (scores[chosen]! - truths[chosen]!) / studies;
    corrected += (found!.corrected - truths[chosen]!) / studies;
    errors.apparent += Math.abs(scores[chosen]! - truths[chosen]!);
    errors.corrected += Math.abs(found!.corrected - truths[chosen]!);
  }
  console.log(`optimism ${apparent.toFixed(4)}, after correction ${corrected.toFixed(4)}`);
  expect(apparent).toBeGreaterThan(0.02);
  expect(Math.abs(corrected)).toBeLessThan(apparent / 2);
  expect(errors.corrected).toBeLessThan(errors.apparent);
});

test('the same draws give the same, what only one patient decides gives none, and it never rises', async () => {
  const runs = study('one', [1, 1.2, 0.9], 40);
  const scores = runs.map(auprcOf);
  const options = { chosen: scores.indexOf(Math.max(...scores)), draws: 50, seed: 3 };
  const found = await correctedSelection(runs, (auprc) => auprc.slice(), options);
  expect(await correctedSelection(runs, (auprc) => auprc.slice(), options)).toEqual(found);
  expect(found!.corrected).toBeLessThanOrEqual(Math.max(...scores));
  const alone = runs.map((run) => ({ ...run, labels: run.labels.map((_, at) => (at === 0 ? 1 : 0)) }));
  expect(await correctedSelection(alone, (auprc) => auprc.slice(), options)).toBeNull();
});

test('means of cuts that lack seeds are those of least squares; the noise is what cut and seed do not explain', () => {
  // numpy 2.4.6: np.linalg.lstsq of the design of three cuts and three seeds, of which the last cut lacks two.
  const values = [0.7, 0.74, 0.75, 0.68, 0.73, 0.71, 0.69];
  const scores = values.map((value, at) => ({ candidate: at < 3 ? 0 : at < 6 ? 1 : 2, seed: at < 6 ? at % 3 : 0, value })); // prettier-ignore
  const fit = additiveFit(scores)!;
  const means = meansBy(fit, values);
  expect(means[0]).toBeCloseTo(0.73, 12);
  expect(means[1]).toBeCloseTo(0.7066666666666667, 12);
  expect(means[2]).toBeCloseTo(0.7183333333333334, 12);
  expect(fit.noise).toEqual({ kind: 'paired', degrees: 2, deviation: expect.closeTo(0.01080123449734643, 12) });

  // Nested seeds leave nothing beside the fit: then each cut's own spread is taken.
  const nested = [0.7, 0.74, 0.72, 0.69].map((value, at) => ({ candidate: at < 3 ? 0 : 1, seed: at % 3, value }));
  expect(additiveFit(nested)!.noise).toEqual({ kind: 'pooled', degrees: 2, deviation: expect.closeTo(0.02, 12) });
  const single = [0.7, 0.6].map((value, candidate) => ({ candidate, seed: 0, value }));
  expect(additiveFit(single)!.noise).toBeNull();
  expect(meansBy(additiveFit(single)!, [0.7, 0.6])).toEqual(Float64Array.of(0.7, 0.6));
  expect(additiveFit([{ candidate: 0, seed: 0, value: 1 }, { candidate: 1, seed: 1, value: 1 }])).toBeNull(); // prettier-ignore
});
