// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { Handlers, InputOf } from '../../src-main/contract/index.ts';
import type { ComparisonRow } from '../../src-main/contract/comparison/index.ts';
import type { QueueEntry } from '../../src-main/contract/queue.ts';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { presetSettings } from '../../src-main/contract/presets.ts';
import { precisionOf } from '../../src-main/engine/metrics/precision.ts';
import PrecisionPanel from '../../src-renderer/features/train/precision/PrecisionPanel.vue';
import { usePrecision } from '../../src-renderer/features/train/precision/precisionStore.ts';
import PresetCards from '../../src-renderer/features/train/PresetCards.vue';
import QueueList from '../../src-renderer/features/train/QueueList.vue';
import RunTable from '../../src-renderer/features/train/RunTable.vue';
import { hintOf, MAIN, SPLIT } from '../../src-renderer/features/train/fields.ts';
import { defaultSettings, settingIssues, settingsFrom } from '../../src-renderer/features/train/plan.ts';
import { useCompare } from '../../src-renderer/features/compare/compareStore.ts';
import { useImages } from '../../src-renderer/features/data/imagesStore.ts';
import { useRuns } from '../../src-renderer/features/runs/runsStore.ts';
import { useSettings } from '../../src-renderer/features/train/settingsStore.ts';
import { useStorage } from '../../src-renderer/features/storage/storageStore.ts';
import { useStudy } from '../../src-renderer/features/study/studyStore.ts';
import { shown } from '../support/clicks.ts';
import { epochOf, runOf, runsEngine } from '../support/runsEngine.ts';
import { windowWith } from '../support/windowClient.ts';

const own = { study: 's', createdAt: '2026-01-02T10:00:00Z', epochs: [epochOf(1)], bestEpoch: 1 };
const tournament: ComparisonRow = {
  ...{ id: 'c', kind: 'tournament', status: 'completed', createdAt: '2026-01-01T00:00:00Z', finishedAt: null },
  ...{ study: 's', name: 'Which cut', note: '', backbone: 'resnet18', folder: '/d', ownTest: false },
  ...{ runs: 1, failed: 0, sealed: false, result: null, testOpened: null, errors: [] },
};

/** A window in which the study `s` is open. */
function opened(engine: ReturnType<typeof runsEngine>, more: Partial<Handlers> = {}) {
  const edits: InputOf<'run.edit'>[] = [];
  const pinia = windowWith({
    ...engine.handlers,
    'comparison.list': () => [tournament],
    'run.curves': ({ ids }) => ids.map((id) => ({ id, bestEpoch: 1, epochs: [epochOf(1)] })),
    'run.edit': ({ id, ...change }) => {
      edits.push({ id, ...change });
      return { ...runOf(id, own), ...change } as never;
    },
    'queue.list': () => [],
    ...more,
  });
  useStudy().details = { id: 's', name: 'Study', selection: null, draft: {} } as never;
  return { pinia, edits };
}

describe('the runs of a study', () => {
  async function table() {
    const engine = runsEngine(
      runOf('first', { ...own, name: 'Mine', note: 'with grey images' }),
      runOf('within', { ...own, comparison: 'c' }),
      runOf('elsewhere', { ...own, study: 'other', name: 'Not here' }),
    );
    engine.damaged.push({ kind: 'run', id: 'x', code: 'STORE_CORRUPT', message: 'It is damaged.' });
    const { pinia, edits } = opened(engine);
    await Promise.all([useRuns().refresh(), useCompare().refresh()]);
    const list = shown(RunTable, pinia);
    await expect.poll(() => list.text()).toContain('damaged');
    return { list, edits };
  }

  it('stand with their names, notes and validation figures, those of a comparison under it, and no others', async () => {
    const { list } = await table();
    expect(list.text()).toContain('Mine');
    expect(list.text()).toContain('with grey images');
    expect(list.text()).toContain('Which cut: 1 run');
    expect(list.text()).toContain('0.900');
    expect(list.text()).not.toContain('Not here');
    expect(list.text()).not.toMatch(/Test AUROC/);
  });

  it('get a star, and can be shown by it', async () => {
    const { list, edits } = await table();
    await list.press('Give Mine a star');
    expect(edits).toEqual([{ id: 'first', starred: true }]);
    await list.tick('Only with a star');
    expect(list.text()).not.toContain('Which cut: 1 run');
  });

  it('that cannot be read can be removed, once that was asked', async () => {
    const { list } = await table();
    expect(list.text()).toContain('Run x cannot be read');
    await list.press('Remove… x');
    expect(useStorage().doomed).toMatchObject({ kind: 'run', id: 'x' });
  });
});

describe('the queue', () => {
  it('is put into another order, and what waits is taken out of it', async () => {
    let queue: QueueEntry[] = [
      { kind: 'run', id: 'a', status: 'running' },
      { kind: 'run', id: 'b', status: 'queued' },
      { kind: 'comparison', id: 'c', status: 'queued' },
    ];
    const asked: unknown[] = [];
    const names = { a: 'A', b: 'B' };
    const engine = runsEngine(...Object.entries(names).map(([id, name]) => runOf(id, { ...own, name })));
    const { pinia } = opened(engine, {
      'queue.list': () => queue,
      'queue.move': (input) => {
        asked.push(input);
        return (queue = [queue[0]!, queue[2]!, queue[1]!]);
      },
      'comparison.stop': ({ id }) => {
        asked.push(id);
        queue = queue.filter((each) => each.id !== id);
        return {} as never;
      },
    });
    await Promise.all([useRuns().refresh(), useCompare().refresh()]);
    const list = shown(QueueList, pinia);
    await expect.poll(() => list.text()).toMatch(/Training ?A.*Waiting ?B.*Waiting ?Which cut/);
    expect(list.button('Move B up').disabled).toBe(true);
    await list.press('Move Which cut up');
    expect(asked).toEqual([{ id: 'c', to: 1 }]);
    await expect.poll(() => list.text()).toMatch(/Which cut.*B/);
    await list.press('Take Which cut out of the queue');
    await expect.poll(() => list.text()).not.toContain('Which cut');
    expect(asked[1]).toBe('c');
  });
});

describe('settings', () => {
  it('are those of a preset when it is pressed, and one’s own once one is changed', async () => {
    const { pinia } = opened(runsEngine());
    const cards = shown(PresetCards, pinia);
    await cards.tick(/^Quick look/);
    expect(useSettings().settings).toMatchObject(presetSettings('quick-look'));
    expect(cards.has('.chosen [type=radio]:checked')).toBe(true);
    useSettings().settings.epochs = 7;
    await cards.tick(/^Thorough/);
    expect(useSettings().settings.epochs).toBe(100);
  });

  it('say what is allowed in the unit in which they are typed', () => {
    const plan = { data: { folder: '/d' }, backbone: 'resnet18', ...defaultSettings() };
    expect(settingIssues({ ...plan, split: { validation: 0.95, test: 0.2 } })['split.validation']).toBe(
      'Less than 90 %.',
    );
    expect(settingIssues({ ...plan, dropout: 0.99 }).dropout).toBe('At most 95 %.');
    expect(settingIssues({ ...plan, epochs: 0 }).epochs).toBe('At least 1.');
    expect(hintOf(MAIN[0]!, defaultSettings())).toMatch(/1 to 10,000; usual: 20\.$/);
    expect(hintOf(SPLIT[1]!, defaultSettings())).toMatch(/0 % to 90 %; usual: 20 %\.$/);
  });

  it('offer in their fields what the contract allows, and no more', () => {
    for (const { path, low, high, open } of [...MAIN, ...SPLIT]) {
      const value = (of: number) => {
        const [first, second] = path.split('.') as [string, string?];
        const plan = { data: { folder: '/d' }, backbone: 'resnet18', ...defaultSettings() };
        const split = { validation: 0.01, test: 0.01, ...(second && { [second]: of }) };
        return trainingPlan.safeParse({ ...plan, ...(second ? { split } : { [first]: of }) }).success;
      };
      if (low !== undefined) expect([path, value(low)]).toEqual([path, !open]);
      if (high !== undefined) expect([path, value(high)]).toEqual([path, path.startsWith('split') ? false : true]);
      if (high !== undefined && !path.startsWith('split')) expect([path, value(high + 1)]).toEqual([path, false]);
    }
  });

  it('that were kept come back, with what was being typed, and without what is none', () => {
    const kept = JSON.parse(
      JSON.stringify({ ...defaultSettings(), epochs: Number.NaN, batch: 'x', seed: 3 }),
    ) as object;
    const back = settingsFrom({ ...kept, unheardOf: 1 });
    expect(back).toMatchObject({ seed: 3, batch: defaultSettings().batch, earlyStopping: 8 });
    expect(back.epochs).toBeNaN();
    expect(back).not.toHaveProperty('unheardOf');
    expect(settingsFrom({ earlyStopping: null }).earlyStopping).toBeNull();
  });
});

describe('what the test set can show', () => {
  const rows = (test: number) =>
    Array.from({ length: 40 }, (_, group) => ({
      ...{ file: `${group}.png`, label: group % 4 === 0 ? 'ill' : 'well', group, format: 'PNG', width: 9, height: 9 },
      ...{ bits: 8, frames: 1, scanner: null, findings: [] },
      part: group < test ? ('test' as const) : ('train' as const),
    }));

  it('is of the images that the split tests on, follows it, and takes what a person says in its place', async () => {
    const { pinia } = opened(runsEngine(), { 'plan.precision': (input) => precisionOf(input) });
    const images = useImages();
    images.rows = rows(20);
    const panel = shown(PrecisionPanel, pinia);
    await expect.poll(() => panel.text()).toContain('AUROC± 0.20');
    expect(panel.text()).toContain('Of 20 images of 20 groups in the test part, 5 are of ill (25 %).');
    expect(panel.text()).toContain('a rough guide');
    expect(panel.text()).not.toContain('intraclass correlation of');

    images.rows = rows(40);
    await expect
      .poll(() => panel.text())
      .toContain('Of 40 images of 40 groups in the test part, 10 are of ill (25 %).');
    await expect.poll(() => panel.text()).not.toContain('a rough guide');

    const precision = usePrecision();
    precision.said.patients = 400;
    await expect.poll(() => panel.text()).toContain('The figures are for the numbers entered below.');
    await expect.poll(() => panel.text()).toContain('AUROC± 0.04');
    precision.said.patients = Number.NaN;
    await expect.poll(() => panel.text()).toContain('Enter a whole number, at least 1.');
    await panel.press('Back to what was counted');
    expect(precision.isOwn).toBe(true);
    expect(panel.text()).not.toContain('Enter a whole number');
  });

  it('is nothing without two classes to tell apart', async () => {
    const { pinia } = opened(runsEngine(), { 'plan.precision': (input) => precisionOf(input) });
    useImages().rows = rows(1);
    const panel = shown(PrecisionPanel, pinia);
    expect(panel.text()).toContain('Once images are chosen');
    expect(panel.text()).not.toContain('Enter a');
    const precision = usePrecision();
    expect(precision.asking.result).toBeNull();
    // Of the share of a class alone follows how many are needed, and no interval.
    precision.said.prevalence = 0.25;
    await expect.poll(() => panel.text()).toContain('AUROC0.85310Newcombe 2006');
    expect(panel.text()).not.toContain('if it is 0.85');
  });
});
