import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import type { DataSelection } from '../../../src-main/contract/data.ts';
import { listDamaged } from '../../../src-main/engine/storage/damaged.ts';
import type { Touched } from '../../../src-main/engine/store/touched.ts';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { temporaryFolder } from '../../support/folder.ts';

const chest: DataSelection = { folder: '/data/chest' };
const runOn = (data: DataSelection, study?: string) => ({
  ...{ plan: { data, backbone: 'resnet18', cut: 'layer2.1' }, classes: ['a', 'b'], parameters: 1, macs: 1, study },
});

function open(folder = temporaryFolder()) {
  const touched: string[] = [];
  const workspace = openWorkspace(folder, (all: Touched[]) =>
    touched.push(...all.map(({ kind, id }) => `${kind} ${id}`)),
  );
  onTestFinished(() => workspace.close());
  return { folder, workspace, store: workspace.store, touched };
}

test('a run goes to the study that is named, else to that of its data which was opened last, else to a new one', () => {
  const { store } = open();
  const first = store.runs.create(runOn(chest)).study!;
  expect(store.studies.list()).toMatchObject([{ id: first, name: 'chest', data: chest }]);
  expect(store.runs.create(runOn({ ...chest, greyScale: 'full', groupBy: 'patient' })).study).toBe(first);

  const second = store.studies.create({ name: 'Again', data: chest });
  expect(store.runs.create(runOn(chest)).study).toBe(second);
  store.studies.open(first);
  expect(store.runs.create(runOn(chest)).study).toBe(first);

  const others: DataSelection[] = [
    { folder: '/data/chest/inner' },
    { ...chest, groupBy: 'series' },
    { ...chest, groupPattern: '(p\\d+)' },
    { ...chest, labels: { csv: '/l.csv', fileColumn: 'file', labelColumn: 'label' } },
    // A column that is left out is looked for; null: there is none.
    { ...chest, labels: { csv: '/l.csv', fileColumn: 'file', labelColumn: 'label', groupColumn: null } },
  ];
  const ids = others.map((data) => store.runs.create(runOn(data)).study);
  expect(new Set([first, second, ...ids]).size).toBe(7);
  expect(store.studies.list().map(({ name }) => name)).toContain('chest 5');

  const empty = store.studies.create({ name: 'Without data' });
  expect(store.runs.create(runOn(chest, empty)).study).toBe(empty);
  expect(store.studies.get(empty).data).toEqual(chest);
  expect(() => store.runs.create(runOn(chest, 'nobody'))).toThrow(expect.objectContaining({ code: 'STUDY_UNKNOWN' }));
});

test('the draft of a room is what was written there last; other rooms keep theirs', () => {
  const { store, touched } = open();
  const id = store.studies.create({ name: 'S', draft: { data: { folder: 'x' }, train: 1 } });
  store.studies.edit(id, { draft: { data: { folder: 'y' }, network: ['cut'] } });
  expect(store.studies.draft(id)).toEqual({ data: { folder: 'y' }, train: 1, network: ['cut'] });
  store.studies.edit(id, { draft: { train: null }, note: 'Two scanners.' });
  expect(store.studies.draft(id)).toEqual({ data: { folder: 'y' }, network: ['cut'] });
  expect(store.studies.get(id)).toMatchObject({ name: 'S', note: 'Two scanners.', data: null });
  expect(touched).toEqual([`study ${id}`, `study ${id}`, `study ${id}`]);
  expect(() => store.studies.edit('x', { draft: { data: 1 } })).toThrow(
    expect.objectContaining({ code: 'STUDY_UNKNOWN' }),
  );

  const copy = store.studies.duplicate(id);
  expect(store.studies.get(copy)).toMatchObject({ name: 'S 2', note: 'Two scanners.' });
  expect(store.studies.draft(copy)).toEqual(store.studies.draft(id));
});

test('a name, a note and a star of a run, and that its test was opened', () => {
  const { store } = open();
  const { id } = store.runs.create(runOn(chest));
  store.runs.edit(id, { name: 'Small one', note: 'Look at the left lung.', starred: true });
  store.runs.openTest(id);
  store.runs.openTest(id);
  const told = { name: 'Small one', note: 'Look at the left lung.', starred: true };
  expect(store.runs.get(id)).toMatchObject({ ...told, testOpened: { times: 2 } });
  const [row] = store.runs.list();
  expect(row).toMatchObject({ ...told, testOpened: store.runs.get(id).testOpened });
  store.runs.edit(id, { name: null });
  expect(store.runs.get(id)).toMatchObject({ ...told, name: null });
  expect(() => store.runs.openTest('x')).toThrow(expect.objectContaining({ code: 'RUN_UNKNOWN' }));
  expect(() => store.runs.edit('x', {})).toThrow(expect.objectContaining({ code: 'RUN_UNKNOWN' }));
});

test('what is chosen of a run is kept until it is taken back, and goes with the run', () => {
  const { store } = open();
  const { id } = store.runs.create(runOn(chest));
  const chosen = { rule: { kind: 'sensitivity', target: 0.9 }, threshold: 0.31, positive: 'b' } as const;
  expect(store.runChoices.load(id, 'operating-point')).toBe(null);
  store.runChoices.save(id, 'operating-point', { ...chosen, threshold: 0.5 });
  store.runChoices.save(id, 'operating-point', chosen);
  store.runChoices.save(id, 'calibration', 'temperature');
  expect(store.runChoices.load(id, 'operating-point')).toMatchObject({ value: chosen });
  expect(store.runChoices.load(id, 'calibration')).toMatchObject({ value: 'temperature' });
  store.runChoices.save(id, 'calibration', null);
  expect(store.runChoices.load(id, 'calibration')).toBe(null);
  store.storage.remove({ studies: [], runs: [id], comparisons: [], sources: [], datasets: [], exports: [], jobs: [] });
  expect(store.runChoices.load(id, 'operating-point')).toBe(null);
});

test.each(['name', 'created_at', 'opened_at', 'note'])(
  'a damaged %s of a study is told, and hides no other',
  async (column) => {
    const { folder, workspace, store } = open();
    const damaged = store.studies.create({ name: 'Damaged', draft: { data: 1, train: 2 } });
    const whole = store.studies.create({ name: 'Whole' });
    workspace.close();
    const db = new Sqlite(join(folder, 'cutpoint.db'));
    db.exec('DROP TRIGGER studies_copied_again');
    db.prepare(`UPDATE studies SET ${column} = ${column} || 'x' WHERE id = ?`).run(damaged);
    db.exec(`UPDATE study_drafts SET value = replace(value, '1 ', '3 ')`);
    db.close();
    const again = open(folder).store;
    expect(again.studies.list().map(({ id }) => id)).toEqual([whole]);
    expect(await listDamaged(again)).toMatchObject([{ kind: 'study', id: damaged, code: 'STORE_CORRUPT' }]);
    // What was typed and is damaged is typed again.
    expect(again.studies.draft(damaged)).toEqual({ train: 2 });
  },
);
