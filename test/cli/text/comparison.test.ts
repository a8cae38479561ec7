import { describe, expect, test } from 'vitest';
import { describeComparison } from '../../../src-main/cli/text/comparison.ts';
import { type ComparisonSummary } from '../../../src-main/contract/comparison/index.ts';
import { learningCurvePlan } from '../../../src-main/contract/comparison/learningCurve.ts';
import { searchPlan } from '../../../src-main/contract/comparison/search.ts';
import { summariseLearningCurve } from '../../../src-main/engine/comparisons/learningCurve.ts';
import { summariseTournament } from '../../../src-main/engine/comparisons/tournamentResult.ts';
import { drawnPlan, drawnRuns, type DrawnRow } from '../../engine/comparisons/drawnTournament.ts';

const base = { data: { folder: '/data/study' }, backbone: 'mobilenet_v2', source: 'imagenet' };
const summary = (
  changes: Pick<ComparisonSummary, 'plan' | 'result'> & Partial<ComparisonSummary>,
): ComparisonSummary => ({
  id: 'S1',
  kind: changes.plan.kind,
  status: 'completed',
  createdAt: '2026-11-21T10:00:00.000Z',
  ...{ study: null, name: null, note: '', testOpened: null, sealed: false },
  finishedAt: null,
  classes: ['benign', 'malignant'],
  cells: [],
  grouping: 'patient',
  error: null,
  ...changes,
});
/** Cells of the row that begins with `name`, in the table with this column. */
function row(text: string, column: string, name: string): string[] {
  const table = text.split('\n\n').find((part) => part.split('\n')[0]!.includes(column))!;
  const line = table.split('\n').find((each) => each.startsWith(name))!;
  return line.trim().split(/ {2,}/);
}

describe('a tournament', () => {
  const full: DrawnRow = { strategy: 'full', parameters: 2_225_000, skill: 2, latency: 31.24 };
  const truncated: DrawnRow = { strategy: 'truncated', cut: 'block_3_add', parameters: 100_000, skill: 1, failed: [1] };

  test('that nobody has opened says last how its result is', () => {
    const text = describeComparison(summary({ plan: drawnPlan(), result: null, sealed: true }));
    expect(text.split('\n').at(-1)).toBe('Result: sealed; `cutpoint open-test S1 --reason "…"` opens it.');
  });

  test('has sizes, figures with denominators and intervals, the comparison, what failed, and the verdict last', async () => {
    const plan = drawnPlan({ base: drawnPlan().base, seeds: [0], folds: { kind: 'groups', k: 2 } });
    const runs = drawnRuns([full, truncated], { patients: 200, folds: 2 });
    const result = await summariseTournament(plan, runs, { classes: ['benign', 'malignant'], grouping: 'patient' });
    const cells = runs.map(({ record }) => record);
    const text = describeComparison(summary({ plan, result, cells }));
    const [reference, smaller] = result.rows;

    expect(row(text, 'MACs', 'Full')).toEqual([
      'Full fine-tuning',
      '2.225 M',
      '111.250 M',
      '31.2 ms',
      '2.5 epochs, 25 s',
      'yes',
    ]);
    expect(row(text, 'MACs', 'Truncated').slice(0, 4)).toEqual([
      'Truncated at block_3_add',
      '100.000 k',
      '5.000 M',
      '–',
    ]);
    const { mean, deviation } = reference!.auroc!;
    const { value, low, high } = reference!.aurocInterval!;
    expect(row(text, 'Runs tested', 'Full').slice(1, 4)).toEqual([
      '2 of 2',
      `${mean.toFixed(4)} ± ${deviation!.toFixed(4)}`,
      `${value.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`,
    ]);
    // Of one run there is no standard deviation.
    expect(row(text, 'Runs tested', 'Truncated').slice(1, 3)).toEqual(['1 of 2', smaller!.auroc!.mean.toFixed(4)]);
    expect(row(text, 'Verdict', 'Truncated')).toEqual([
      'Truncated at block_3_add',
      '100',
      smaller!.difference!.value.toFixed(4).replace('-', '−'),
      [smaller!.difference!.low, smaller!.difference!.high]
        .map((each) => each.toFixed(4).replace('-', '−'))
        .join(' to '),
      '1.000',
      'inferior',
    ]);
    // What it gains and loses, class by class, and fold by fold.
    const [benign] = smaller!.against!.classes;
    expect(row(text, 'Specificity', 'Truncated').slice(1, 6)).toEqual([
      'benign',
      '50',
      ...[benign!.specificity!, benign!.own!, benign!.reference!].map((each) => each.toFixed(4)),
    ]);
    const { decisions } = smaller!.against!;
    expect(row(text, 'Both right', 'Truncated').slice(1, 5)).toEqual(
      [decisions.both, decisions.onlyOwn, decisions.onlyReference, decisions.neither].map(String),
    );
    expect(row(text, 'Mean AUROC', 'Full')[1]).toMatch(
      new RegExp(`^${reference!.corrected!.auroc!.mean.toFixed(4)} \\(0\\.\\d{4} to `),
    );
    // One run is no mean over folds.
    expect(row(text, 'Mean AUROC', 'Truncated')[1]).toBe('–');
    expect(row(text, 'Fold', 'Full')).toEqual([
      'Full fine-tuning',
      '0',
      '1',
      cells[0]!.testAuroc!.toFixed(4),
      cells[0]!.testAuprc!.toFixed(4),
    ]);
    expect(text).toContain('folds share training patients and are not independent');
    expect(text).toContain('3 runs finished, 1 failed, 2 min 00 s of training');
    expect(text).toMatch(/^Truncated block_3_add .* fold 2 .*: failed: Training diverged\. \[TRAINING_DIVERGED\]$/m);
    expect(text).toContain('Tested on 200 images of 200 patients, 100 of the rarest class.');
    expect(text).toContain('2,000 bootstrap resamples of the patients');
    expect(text.endsWith(result.verdict)).toBe(true);
  });

  test('that still goes on has no tables', () => {
    const text = describeComparison(summary({ plan: drawnPlan(), result: null, status: 'running' }));
    expect(text).toContain('0 runs finished, 0 failed');
    expect(text).not.toContain('AUROC');
  });
});

test('a learning curve has a line for every share, with the patients trained on', async () => {
  const plan = learningCurvePlan.parse({ kind: 'learning-curve', base, strategies: ['full'], shares: [0.025, 1] });
  const runs = [0.025, 1].flatMap((share) =>
    drawnRuns([{ strategy: 'full', parameters: 1, skill: 2 * share }]).map((run) => ({
      ...run,
      record: { ...run.record, cell: { ...run.record.cell, share } },
    })),
  );
  const patients = new Map([
    [0.025, 2],
    [1, 1234],
  ]);
  const text = describeComparison(summary({ plan, result: await summariseLearningCurve(plan, { runs, patients }) }));
  const lines = text.split('\n').filter((line) => line.startsWith('Full fine-tuning'));
  expect(lines.map((line) => line.split(/ {2,}/).slice(0, 4))).toEqual([
    ['Full fine-tuning', '2.5 %', '2', '1 of 1'],
    ['Full fine-tuning', '100 %', '1,234', '1 of 1'],
  ]);
  expect(lines[0]).toMatch(/0\.\d{4} \(0\.\d{4} to 0\.\d{4}\).*2 epochs, 20 s$/);

  // Of a test folder whose patients are not known, also where a result of an earlier version names those trained on.
  const result = { ...(await summariseLearningCurve(plan, { runs, patients })), grouping: 'patient' as const };
  const other = describeComparison(summary({ plan, result, testGrouping: 'image' }));
  expect(other).toMatch(/^Model +Share +Patients +Runs tested/m);
  expect(other).toContain('Tested on 100 images, 50 of the rarest class');
  const unknown = describeComparison(summary({ plan, result, grouping: 'image', cells: [runs[0]!.record] }));
  expect(unknown).not.toContain('patient');
});

test('a search has a line for every cut, and ends with its reason', () => {
  const trial = { stage: 'blocks', parameters: 1_500_000, macs: 3e8, trainingSeconds: 65 };
  const text = describeComparison(
    summary({
      plan: searchPlan.parse({ kind: 'search', method: 'svcca', base }),
      result: {
        kind: 'search',
        cut: 'block_6_add',
        validationAuprc: { mean: 0.91, deviation: 0.012, n: 3 },
        trials: [
          { ...trial, cut: 'block_6_add', validationAuprc: { mean: 0.91, deviation: 0.012, n: 3 } },
          { ...trial, cut: 'block_3_add', validationAuprc: null, parameters: 0, macs: 0, trainingSeconds: 0 },
        ],
        trainingSeconds: 195,
        reason: 'The distributions overlap from block_6_add on.',
        detector: [{ cut: 'block_6_add', meanSvcca: 0.4, randomSvcca: 0.35, overlap: 0.6, chosen: 0.82 }],
      },
    }),
  );
  expect(row(text, 'Stage', 'block_6')).toEqual([
    'block_6_add',
    'blocks',
    '0.9100 ± 0.0120',
    '3',
    '1.500 M',
    '300.000 M',
    '1 min 05 s',
  ]);
  expect(row(text, 'Stage', 'block_3')).toEqual(['block_3_add', 'blocks', '–', '0', '–', '–', '0.0 s']);
  expect(row(text, 'Mean SVCCA', 'block_6')).toEqual([
    'block_6_add',
    '0.4000',
    '0.3500',
    '0.6000',
    '82 % of the resamples',
  ]);
  expect(text).toContain('3 min 15 s for the whole search');
  expect(text.endsWith('The distributions overlap from block_6_add on.')).toBe(true);
});
