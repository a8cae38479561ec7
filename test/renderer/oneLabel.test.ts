// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import type { Evaluation } from '../../src-main/contract/evaluation.ts';
import type { InputOf } from '../../src-main/contract/index.ts';
import { ONE_CLASS_ONLY } from '../../src-main/contract/oneClass.ts';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { PREDICTED_FIELDS, type PredictedImage } from '../../src-main/contract/prediction.ts';
import type { SubgroupReport } from '../../src-main/contract/subgroups.ts';
import { toTable } from '../../src-main/contract/table.ts';
import { useRuns } from '../../src-renderer/features/runs/runsStore.ts';
import ResultsScreen from '../../src-renderer/features/results/ResultsScreen.vue';
import { addresses, shown } from '../support/clicks.ts';
import { calibrationReport } from '../support/calibration.ts';
import { epochOf, runOf, runsEngine } from '../support/runsEngine.ts';
import { arrived, windowWith } from '../support/windowClient.ts';

const classes = ['Edema', 'Mass'];
const plan = trainingPlan.parse({
  data: { folder: '/d', labels: { csv: '/d/t.csv', multi: { columns: classes } } },
  ...{ backbone: 'resnet18', cut: 'layer2.1', task: 'multi-label' },
});
const evaluation: Evaluation = {
  ...{ run: 'r', on: 'validation', images: 9, groups: 9, grouping: 'patient', classes, several: true, problems: [] },
  metrics: {
    ...{ auroc: 0.9, auprc: 0.9, accuracy: 0.9, balancedAccuracy: 0.9, sensitivity: 0.9, specificity: 0.9, loss: 0.3 },
    ...{ perClass: [], confusionMatrix: [] },
  },
};
const csv = '/d/people.csv';
const by = (name: string) => ({ kind: 'column' as const, name, csv, fileColumn: 'file' });
const subgroup = (value: string, auroc: number): SubgroupReport['subgroups'][number] => ({
  ...{ value, images: 4, groups: 4, perClass: [3, 1] },
  figures: [{ measure: 'auroc', value: auroc, interval: null, share: null, missing: null }],
});

/** The room at an address, on a run of several labels; what it asked for is noted. */
async function before(query: string) {
  const engine = runsEngine(runOf('r', { plan, classes, status: 'completed', epochs: [epochOf(1)], bestEpoch: 1 }));
  const asked = {
    choices: [] as InputOf<'run.subgroupChoices'>[],
    subgroups: [] as InputOf<'run.subgroups'>[],
    calibration: [] as InputOf<'run.calibration'>[],
  };
  const pinia = windowWith({
    ...engine.handlers,
    'run.evaluate': () => evaluation,
    'run.evaluated': () => [],
    'run.predictions': () => ({
      ...{ run: 'r', classes, folder: '/d', greyScale: 'picture', grouping: 'patient' },
      ...{ images: toTable<PredictedImage>(PREDICTED_FIELDS, []), probabilities: new Uint8Array() },
    }),
    'run.calibration': (input) => {
      asked.calibration.push(input);
      const { methods, ...report } = calibrationReport;
      return { ...report, images: 8, label: { name: input.label!, of: 9 }, methods: methods.slice(0, 1) };
    },
    'run.subgroupChoices': (input) => {
      asked.choices.push(input);
      return [by('sex')];
    },
    'run.subgroups': (input) => {
      asked.subgroups.push(input);
      const label = { name: input.label!, of: 9, threshold: 0.25, kept: true };
      return {
        ...{ run: 'r', by: input.by, classes: [`without ${input.label}`, input.label!], label, images: 8, groups: 8 },
        ...{ grouping: 'patient', bands: null, least: 10, unknown: { images: 0, groups: 0 }, gaps: [] },
        ...{ subgroups: [subgroup('f', 0.75), subgroup('m', 0.5)], confidence: 0.95, resamples: 2000 },
      };
    },
  });
  const runs = useRuns();
  await runs.refresh();
  await runs.select('r');
  const router = addresses();
  await router.push(`/study/s/results/r?${query}`);
  const page = shown(ResultsScreen, pinia, {}, router);
  await arrived();
  await arrived();
  return { asked, page, router };
}

/** Chooses the label that the room is to show. */
async function look(name: string): Promise<void> {
  const select = document.querySelector<HTMLSelectElement>('select[aria-label="Label"]')!;
  select.value = String(classes.indexOf(name));
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await arrived();
  await arrived();
}

it('figures by subgroup are asked of the label that the room shows, and told of it', async () => {
  const { asked, page, router } = await before('section=subgroups&label=Mass');
  expect(asked.choices).toEqual([{ id: 'r', part: 'validation', label: 'Mass' }]);
  await page.submit();
  expect(asked.subgroups).toEqual([{ id: 'r', part: 'validation', label: 'Mass', by: by('sex'), least: 10 }]);
  expect(page.text()).toContain(
    '‘Mass’ against not having it, on the 8 of 9 images of which that is known. Called from a probability of 0.25 on, the threshold that is kept for it.',
  );
  expect(page.text()).toMatch(/Without Mass ↕Mass ↕AUROC/);
  // Of another label there is nothing yet: what stands there would be of the one before.
  await look('Edema');
  expect(router.currentRoute.value.query['label']).toBe('Edema');
  expect(asked.choices.at(-1)).toEqual({ id: 'r', part: 'validation', label: 'Edema' });
  expect(page.text()).not.toContain('‘Mass’ against');
  await page.submit();
  expect(asked.subgroups.at(-1)!.label).toBe('Edema');
});

it('calibration is measured of the label that the room shows, and none is offered', async () => {
  const { asked, page } = await before('section=calibration&label=Mass');
  expect(asked.calibration).toEqual([{ id: 'r', part: 'validation', label: 'Mass' }]);
  expect(page.text()).toContain('‘Mass’ against not having it, on the 8 of 9 images of which that is known.');
  expect(page.text()).toContain(ONE_CLASS_ONLY.calibration);
  expect(page.text()).toContain('Brier score');
  expect(page.has('input[name="calibration"]')).toBe(false);
  await look('Edema');
  expect(asked.calibration.at(-1)!.label).toBe('Edema');
  expect(page.text()).toContain('‘Edema’ against not having it');
});
