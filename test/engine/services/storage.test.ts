import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CutpointError } from '../../../src-main/contract/errors.ts';
import { eraseWorkspace } from '../../../src-main/engine/storage/erase.ts';
import { rowsOf } from '../../../src-main/contract/table.ts';
import { folderForFile } from '../../support/folder.ts';
import { smallStudy } from '../../support/pictures.ts';
import { services, tinyPlan } from './inProcess.ts';

const folder = folderForFile();
const study = join(folder, 'study');
beforeAll(() => smallStudy(study, { patients: 16, each: 2 }));

const plan = (changes = {}) => tinyPlan(study, { backbone: 'mobilenet_v2_050_keras', epochs: 1, batch: 8, ...changes });
const refused = (code: CutpointError['code']) => expect.objectContaining({ code });
const list = (path: string) => (existsSync(path) ? readdirSync(path) : []);

/** Does something to the store that no engine has open. */
function harm(workspace: string, sql: string): void {
  const db = new Sqlite(join(workspace, 'cutpoint.db'));
  db.exec(sql);
  db.close();
}

describe('removing', () => {
  it('takes a run with its files and what only it needed; images, exports and other runs stay', async () => {
    const workspace = join(folder, 'runs');
    const { call, train, close } = await services(workspace);
    const first = await train(plan());
    await expect(call('storage.remove', { kind: 'run', ids: [first.id] })).rejects.toEqual(refused('IN_USE'));
    await first.end;
    const out = join(folder, 'model.onnx');
    await call('model.export', { id: first.id, format: 'onnx', out, latency: false });
    const second = await train(plan({ seed: 1 }));
    await second.end;
    const pictures = list(join(study, 'a'));

    const asked = await call('storage.remove', { kind: 'run', ids: [first.id], dryRun: true });
    expect(asked).toMatchObject({ dryRun: true, runs: [first.id], datasets: [] });
    expect(asked.bytes).toBeGreaterThan(50_000);
    expect(asked.notes.join(' ')).toContain('Exported files stay where they are; 1 of them');
    expect(rowsOf(await call('run.list', {})).length).toBe(2);

    expect(await call('storage.remove', { kind: 'run', ids: [first.id] })).toEqual({ ...asked, dryRun: false });
    expect(rowsOf(await call('run.list', {})).map(({ id }) => id)).toEqual([second.id]);
    await expect(call('run.get', { id: first.id })).rejects.toEqual(refused('RUN_UNKNOWN'));
    expect(list(join(workspace, 'checkpoints'))).toEqual([second.id]);
    expect(existsSync(out)).toBe(true);
    expect(list(join(workspace, 'cache'))).not.toEqual([]);

    const last = await call('storage.remove', { kind: 'run', ids: [second.id] });
    expect(last.datasets).toHaveLength(1);
    expect(await call('storage.datasets', {})).toEqual([]);
    expect(list(join(workspace, 'cache'))).toEqual([]);
    expect(list(join(study, 'a'))).toEqual(pictures);
    await expect(call('storage.remove', { kind: 'run', ids: ['none'] })).rejects.toEqual(refused('RUN_UNKNOWN'));
    await close();
    // Deleted is overwritten: no name of a file is left in the store or its log.
    for (const name of readdirSync(workspace).filter((each) => each.startsWith('cutpoint.db')))
      expect(readFileSync(join(workspace, name)).includes(pictures[0]!)).toBe(false);
  });

  it('of a source or a dataset is refused while runs need it, and takes them along when told to', async () => {
    const workspace = join(folder, 'needed');
    const { call, train, close } = await services(workspace);
    const bundled = await call('source.list', {});
    const file = resolve(import.meta.dirname, '../../../resources/sources/formula-pictures.safetensors');
    await expect(call('storage.remove', { kind: 'source', ids: [bundled[0]!.name] })).rejects.toEqual(
      refused('IN_USE'),
    );
    await call('source.add', { file, name: 'Mine', backbone: 'mobilenet_v2_050_keras' });
    const { id, end } = await train(plan({ source: 'Mine' }));
    await end;
    await expect(call('storage.remove', { kind: 'source', ids: ['mine'] })).rejects.toMatchObject({
      code: 'IN_USE',
      details: { runs: [id], comparisons: [] },
    });
    const [dataset] = await call('storage.datasets', {});
    expect(dataset).toMatchObject({ images: 32, runs: 1, comparisons: 0 });
    const ids = [dataset!.id];
    await expect(call('storage.remove', { kind: 'dataset', ids })).rejects.toEqual(refused('IN_USE'));
    expect(await call('storage.remove', { kind: 'source', ids: ['mine'], withRuns: true })).toMatchObject({
      sources: ['Mine'],
      runs: [id],
      datasets: ids,
    });
    expect(list(join(workspace, 'sources'))).toHaveLength(bundled.length);
    expect(rowsOf(await call('run.list', {}))).toEqual([]);
    await close();
  });

  it('of a comparison takes its runs; a single run of one that is completed may go, and its numbers stay', async () => {
    const { call, close } = await services(join(folder, 'comparisons'));
    const { id } = await call('comparison.start', {
      kind: 'tournament',
      base: plan(),
      strategies: ['truncated', 'layerwise'],
      cuts: ['block_2_add'],
      reference: 'truncated',
      folds: { kind: 'groups', k: 2 },
    } as never);
    const before = await call('comparison.watch', { id });
    const runs = rowsOf(await call('run.list', {}));
    expect(runs).toHaveLength(4);
    await expect(call('storage.remove', { kind: 'comparison', ids: [id] })).rejects.toEqual(refused('IN_USE'));
    const one = await call('storage.remove', { kind: 'run', ids: [runs[0]!.id] });
    expect(one.notes.join(' ')).toContain(`The comparison ${id} keeps the numbers`);
    expect(await call('comparison.get', { id })).toEqual(before);
    const all = await call('storage.remove', { kind: 'comparison', ids: [id], withRuns: true });
    expect([all.comparisons, all.runs.length, all.datasets.length]).toEqual([[id], 3, 1]);
    expect([await call('comparison.list', {}), rowsOf(await call('run.list', {}))]).toEqual([[], []]);
    await close();
  });
});

describe('cleaning', () => {
  it('removes what can be made again and what a kill left, keeps what runs and their data need, and says the sizes', async () => {
    const workspace = join(folder, 'clean');
    const drops = ['used', 'unused'].map((name) => join(workspace, 'dropped', `drop-${name}`));
    for (const drop of drops) await smallStudy(drop, { patients: 16, each: 1 });
    mkdirSync(join(workspace, 'downloads'), { recursive: true });
    writeFileSync(join(workspace, 'downloads', 'x.pth.partial'), Buffer.alloc(1000));
    mkdirSync(join(workspace, 'checkpoints', '20200101-000000-gone'), { recursive: true });
    writeFileSync(
      join(workspace, 'checkpoints', '20200101-000000-gone', 'epoch-00001.safetensors'),
      Buffer.alloc(2000),
    );
    writeFileSync(join(workspace, 'logs.txt'), 'mine');
    // All of that before this engine started.
    for (const name of readdirSync(workspace, { recursive: true, encoding: 'utf8' }))
      utimesSync(join(workspace, name), 1, 1);
    // A store of its own makes the rest of a workspace.
    const made = await services(join(folder, 'clean-store'));
    await made.close();
    writeFileSync(join(workspace, 'cutpoint.db'), readFileSync(join(folder, 'clean-store', 'cutpoint.db')));

    const { call, train, close } = await services(workspace);
    const { id, end } = await train(plan({ data: { folder: drops[0]!, groupPattern: '(p\\d+)_' } }));
    await end;
    const dry = await call('storage.clean', { dryRun: true });
    expect(list(join(workspace, 'dropped'))).toHaveLength(2);
    const cleaned = await call('storage.clean', {});
    expect(cleaned.removed.map(({ name }) => name).sort()).toEqual(dry.removed.map(({ name }) => name).sort());
    expect(cleaned.freedBytes).toBeGreaterThan(3000);
    expect(list(join(workspace, 'cache'))).toEqual([]);
    expect(list(join(workspace, 'downloads'))).toEqual([]);
    expect(list(join(workspace, 'checkpoints'))).toEqual([id]);
    expect(list(join(workspace, 'dropped'))).toEqual(['drop-used']);
    expect(cleaned.kept).toEqual([
      expect.objectContaining({ name: 'dropped', files: 32 / 2, why: 'runs were trained on it' }),
    ]);
    expect((await call('run.evaluate', { id, part: 'validation' })).run).toBe(id);
    expect((await call('storage.usage', {})).parts.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['database', 'checkpoints', 'dropped', 'other']),
    );
    const { items } = await call('storage.usage', {});
    expect(items).toContainEqual(expect.objectContaining({ part: 'dropped', name: 'drop-used', files: 16, needed: 1 }));
    // Of a copy that was moved, the place where it lies now is what runs need.
    const moved = join(workspace, 'dropped', 'drop-moved');
    renameSync(drops[0]!, moved);
    await call('data.move', { of: { run: id }, data: moved });
    await call('storage.clean', {});
    expect(list(join(workspace, 'dropped'))).toEqual(['drop-moved']);
    await call('storage.clean', { dropped: true });
    expect(list(join(workspace, 'dropped'))).toEqual([]);
    await close();
  });

  it('removes single copies and decoded images, and nothing else', async () => {
    const workspace = join(folder, 'single');
    const drops = ['one', 'two'].map((name) => join(workspace, 'dropped', name));
    for (const drop of drops) await smallStudy(drop, { patients: 4, each: 1 });
    mkdirSync(join(workspace, 'cache'));
    for (const name of ['a.rgb', 'b.rgb']) writeFileSync(join(workspace, 'cache', name), Buffer.alloc(5000));
    for (const name of readdirSync(workspace, { recursive: true, encoding: 'utf8' }))
      utimesSync(join(workspace, name), 1, 1);
    const { call, close } = await services(workspace);
    const { items } = await call('storage.usage', {});
    expect(items.map(({ part, name, needed }) => [part, name, needed]).sort()).toEqual([
      ...[['cache', 'a.rgb', null], ['cache', 'b.rgb', null]],
      ...[['dropped', 'one', 0], ['dropped', 'two', 0]],
    ]); // prettier-ignore
    expect(items.map(({ bytes }) => bytes)).toEqual(items.map(({ bytes }) => bytes).toSorted((a, b) => b - a));
    const only = [{ part: 'cache', name: 'a.rgb' } as const, { part: 'dropped', name: 'two' } as const];
    const gone = await call('storage.clean', { only });
    expect(gone.removed.map(({ name, files }) => [name, files]).sort()).toEqual([['cache', 1], ['dropped', 4]]); // prettier-ignore
    expect(list(join(workspace, 'cache'))).toEqual(['b.rgb']);
    expect(list(join(workspace, 'dropped'))).toEqual(['one']);
    const outside = [{ part: 'dropped', name: '../cache/b.rgb' } as const];
    await expect(call('storage.clean', { only: outside })).rejects.toEqual(refused('INPUT_INVALID'));
    expect(list(join(workspace, 'cache'))).toEqual(['b.rgb']);
    await close();
  });
});

describe('erasing a workspace', () => {
  it('is refused while an engine has it open, lists what would go, and leaves what is not its own', async () => {
    const workspace = join(folder, 'erased');
    const { close } = await services(workspace);
    await expect(eraseWorkspace(workspace, { dryRun: false })).rejects.toEqual(refused('WORKSPACE_LOCKED'));
    await close();
    writeFileSync(join(workspace, 'notes.txt'), 'mine');
    const asked = await eraseWorkspace(workspace, { dryRun: true });
    expect(asked.removed.map(({ name }) => name)).toContain('database');
    expect(existsSync(join(workspace, 'cutpoint.db'))).toBe(true);
    const erased = await eraseWorkspace(workspace, { dryRun: false });
    expect(erased).toEqual({ ...asked, dryRun: false });
    expect(erased.left).toEqual(['notes.txt']);
    expect(readdirSync(workspace)).toEqual(['notes.txt']);
    await expect(eraseWorkspace(workspace, { dryRun: false })).rejects.toEqual(refused('FOLDER_NOT_FOUND'));
    const other = join(folder, 'erased-whole');
    await (await services(other)).close();
    await eraseWorkspace(other, { dryRun: false });
    expect(existsSync(other)).toBe(false);
  });
});

describe('erasing the workspace that is open', () => {
  it('names the right folder, waits for nothing that runs, and leaves what its window and others have there', async () => {
    const workspace = join(folder, 'emptied');
    const { call, close } = await services(workspace);
    await expect(call('storage.erase', { workspace: folder })).rejects.toEqual(refused('INPUT_INVALID'));
    for (const path of ['window', 'serve', 'checkpoints/1']) mkdirSync(join(workspace, path), { recursive: true });
    for (const path of ['window/state', 'checkpoints/1/last', 'notes.txt', 'shell.sock'])
      writeFileSync(join(workspace, path), 'x');
    const asked = await call('storage.erase', { workspace, dryRun: true });
    expect(asked).toMatchObject({ workspace, dryRun: true, left: ['notes.txt'] });
    expect(asked.removed.map(({ name }) => name)).toEqual(expect.arrayContaining(['database', 'checkpoints']));
    expect(asked.removed.map(({ name }) => name)).not.toContain('window');
    expect(existsSync(join(workspace, 'checkpoints/1/last'))).toBe(true);
    expect(await call('storage.erase', { workspace })).toMatchObject({ dryRun: false, left: ['notes.txt'] });
    await close();
    const left = readdirSync(workspace).filter((name) => !/\.(pid|lock(-journal)?)$/.test(name));
    expect(left.sort()).toEqual(['notes.txt', 'serve', 'shell.sock', 'window']);
    // What begins anew there is a workspace like any other.
    const anew = await services(workspace);
    expect(rowsOf(await anew.call('run.list', {}))).toEqual([]);
    await anew.close();
  });
});

describe('one damaged row', () => {
  it.each([
    ['run', "UPDATE runs SET plan = '{' WHERE rowid_is_newest"],
    ['run', "UPDATE runs SET plan = '[]' WHERE rowid_is_newest"],
    ['run', 'UPDATE runs SET macs = 9007199254740993 WHERE rowid_is_newest'],
    ['run', 'UPDATE epochs SET train_loss = 9e999 WHERE run_id = (SELECT id FROM runs WHERE rowid_is_newest)'],
    ['run', "UPDATE evaluations SET evaluation = 'x' WHERE run_id = (SELECT id FROM runs WHERE rowid_is_newest)"],
  ] as const)('of a %s does not hide the others, is named, and can be removed: %s', async (kind, sql) => {
    const workspace = join(folder, 'damaged');
    const before = await services(workspace);
    if (rowsOf(await before.call('run.list', {})).length === 0) await (await before.train(plan())).end;
    const { id, end } = await before.train(plan({ seed: 2 }));
    await end;
    const whole = rowsOf(await before.call('run.list', {})).filter((run) => run.id !== id);
    await before.close();
    harm(workspace, sql.replace('rowid_is_newest', `id = '${id}'`));
    const { call, close } = await services(workspace);
    const damaged = await call('storage.damaged', {});
    expect(damaged).toEqual([expect.objectContaining({ kind, id })]);
    // A list reads no epochs: whether a run can be read as a whole is what was asked just now.
    expect(rowsOf(await call('run.list', {})).filter((run) => run.id !== id)).toEqual(whole);
    await expect(call('run.get', { id })).rejects.toEqual(refused('STORE_CORRUPT'));
    await call('storage.remove', { kind, ids: [id] });
    expect(await call('storage.damaged', {})).toEqual([]);
    await close();
  });

  it('of sources, datasets and exports likewise; a bundled source is back at the next start', async () => {
    const workspace = join(folder, 'damaged-others');
    const before = await services(workspace);
    const { id, end } = await before.train(plan());
    await end;
    const out = join(folder, 'damaged.onnx');
    await before.call('model.export', { id, format: 'onnx', out, latency: false });
    await before.call('model.export', { id, format: 'onnx', out: join(folder, 'whole.onnx'), latency: false });
    const sources = await before.call('source.list', {});
    await before.close();
    harm(
      workspace,
      `UPDATE sources SET preprocessing = 'x'; UPDATE datasets SET report = '{'; UPDATE exports SET parity = '' WHERE id = 1`,
    );
    const { call, close } = await services(workspace);
    expect(await call('source.list', {})).toEqual([]);
    expect((await call('model.exports', { id })).map(({ path }) => path)).toEqual([join(folder, 'whole.onnx')]);
    const damaged = await call('storage.damaged', {});
    expect(damaged.map(({ kind }) => kind)).toEqual([...sources.map(() => 'source'), 'dataset', 'export']);
    expect(rowsOf(await call('run.list', {})).map((run) => run.id)).toEqual([id]);
    const names = sources.map(({ name }) => name);
    await call('storage.remove', { kind: 'source', ids: names, withRuns: true });
    await call('storage.remove', { kind: 'export', ids: ['1'] }).catch(() => undefined);
    await close();
    const after = await services(workspace);
    expect((await after.call('source.list', {})).map(({ name }) => name)).toEqual(names);
    expect(await after.call('storage.damaged', { kinds: ['source', 'export'] })).toEqual([]);
    await after.close();
  });
});
