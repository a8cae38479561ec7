// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import type { AuditReport } from '../../src-main/contract/data.ts';
import { CutpointError } from '../../src-main/contract/errors.ts';
import type { Glance } from '../../src-main/contract/images.ts';
import type { Handlers, InputOf, OutputOf } from '../../src-main/contract/index.ts';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { RUN_FIELDS } from '../../src-main/contract/run.ts';
import { toTable } from '../../src-main/contract/table.ts';
import { useData } from '../../src-renderer/features/data/dataStore.ts';
import { useExports } from '../../src-renderer/features/export/exportsStore.ts';
import { useMemory } from '../../src-renderer/features/train/memoryStore.ts';
import { useNetwork } from '../../src-renderer/features/network/networkStore.ts';
import { usePlan } from '../../src-renderer/features/train/planStore.ts';
import { useSettings } from '../../src-renderer/features/train/settingsStore.ts';
import { useSources } from '../../src-renderer/features/network/sourcesStore.ts';
import { useStorage } from '../../src-renderer/features/storage/storageStore.ts';
import { task } from '../../src-renderer/engine/task.ts';
import { arrived, later, windowWith } from '../support/windowClient.ts';

function report(changes: Partial<AuditReport> = {}): AuditReport {
  return {
    folder: '/d',
    files: 8,
    images: 8,
    groups: 8,
    groupSource: 'dicom',
    classes: [
      { name: 'benign', images: 4, groups: 4 },
      { name: 'malignant', images: 4, groups: 4 },
    ],
    formats: [{ format: 'PNG', images: 8 }],
    sizes: null,
    problems: [],
    warnings: [],
    obstacles: [],
    fingerprint: 'f',
    csvFiles: [],
    ...changes,
  };
}

/** A folder whose names say nothing. */
const glanced = (folder: string): Glance => ({
  ...{ folder, files: 8, folders: [], loose: 0, endings: [], tables: [], findings: [], masks: [], suggested: null },
});

/** An engine that finds this in whatever it is shown; answers what it was asked for. */
function auditing(found: (folder: string) => Partial<AuditReport> = () => ({}), more: Partial<Handlers> = {}) {
  const asked: InputOf<'data.audit'>[] = [];
  windowWith({
    'data.audit': (selection) => {
      asked.push(selection);
      return report({ folder: selection.folder, ...found(selection.folder) });
    },
    'data.glance': ({ folder }) => glanced(folder),
    ...more,
  });
  return asked;
}

describe('a call as the window shows it', () => {
  it('is the last one made: the answer to one before it, come later, changes nothing', async () => {
    const answers = [later<OutputOf<'storage.damaged'>>(), later<OutputOf<'storage.damaged'>>()];
    let calls = 0;
    windowWith({ 'storage.damaged': () => answers[calls++]!.promise });
    const looking = task('storage.damaged');
    const first = looking.run({});
    await arrived();
    const second = looking.run({});
    await arrived();
    answers[1]!.resolve([]);
    await second;
    answers[0]!.reject(new CutpointError('DISK_FULL', 'Late.'));
    await first;
    expect(looking).toMatchObject({ running: false, result: [], error: null });
  });

  it('keeps its error until the next attempt', async () => {
    let full = true;
    windowWith({
      'storage.damaged': () => {
        if (full) throw new CutpointError('DISK_FULL', 'The disk is full.');
        return [];
      },
    });
    const looking = task('storage.damaged');
    expect(await looking.run({})).toBeNull();
    expect(looking.error?.message).toBe('The disk is full.');
    full = false;
    await looking.run({});
    expect(looking.error).toBeNull();
  });

  it('that was put aside does not come back with its answer, and the engine hears of it', async () => {
    const answer = later<OutputOf<'storage.damaged'>>();
    let signal: AbortSignal | undefined;
    windowWith({
      'storage.damaged': (_, call) => {
        signal = call.signal;
        return answer.promise;
      },
    });
    const looking = task('storage.damaged');
    const asked = looking.run({});
    await arrived();
    looking.reset();
    answer.resolve([]);
    await asked;
    await arrived();
    expect(looking).toMatchObject({ running: false, result: null, error: null });
    expect(signal?.aborted).toBe(true);
  });
});

describe('the images chosen', () => {
  it('open the next step once they were looked at as they are now', async () => {
    auditing();
    const data = useData();
    expect(data.blocked).toBe('Choose a folder and let Cutpoint look at it first.');
    await data.choose('/d');
    expect(data.blocked).toBeNull();
    data.form.groupPattern = '(p\\d+)';
    expect(data.blocked).toBe('The selection has changed since the audit; look at it again.');
    data.form.groupPattern = '';
    expect(data.blocked).toBeNull();
  });

  it('stay closed where training cannot start on them', async () => {
    auditing(() => ({ obstacles: [{ code: 'ONE_CLASS', message: 'There is only one class.' }] }));
    const data = useData();
    await data.choose('/d');
    expect(data.ready).toBe(false);
    expect(data.blocked).toMatch(/What prevents training/);
  });

  it('take labels and patients from a table of the folder by themselves, and leave it with one press', async () => {
    const guess = { fileColumn: 'image_id', labelColumn: 'diagnosis', groupColumn: 'patient_id' };
    const table = { path: '/d/t.csv', columns: Object.values(guess), rows: [], guess, labels: 2, matched: null };
    const asked = auditing(undefined, {
      'data.glance': ({ folder }) => ({ ...glanced(folder), tables: [table], suggested: '/d/t.csv' }),
    });
    const data = useData();
    await data.choose('/d');
    expect(asked.at(-1)?.labels).toEqual({ csv: '/d/t.csv', ...guess });
    await data.declineTable();
    expect(asked.at(-1)).not.toHaveProperty('labels');
    expect(data.ready).toBe(true);
  });

  it('are not read before what their names make doubtful was answered', async () => {
    const findings = [{ code: 'MASKS', message: 'The folder "masks" may hold masks.' }];
    const asked = auditing(undefined, { 'data.glance': ({ folder }) => ({ ...glanced(folder), findings }) });
    const data = useData();
    await data.choose('/d');
    expect(asked).toEqual([]);
    expect(data.questions).toEqual(findings);
    await data.leaveOut({ classes: ['masks'] });
    expect(asked.at(-1)?.leaveOut).toEqual({ files: [], classes: ['masks'] });
    expect(data.questions).toEqual([]);
  });

  it('are left out and joined, and taken back', async () => {
    const asked = auditing();
    const data = useData();
    await data.choose('/d');
    const undo = await data.leaveOut({ files: ['a/1.png'] });
    expect(asked.at(-1)?.resolutions).toMatchObject([{ kind: 'exclude', files: ['a/1.png'] }]);
    const undoJoin = await data.join('benign', 'lesion');
    expect(asked.at(-1)?.join).toEqual({ benign: 'lesion' });
    // What was joined before goes along with its new name.
    await data.join('lesion', 'finding');
    expect(asked.at(-1)?.join).toEqual({ benign: 'finding' });
    await data.separate('finding');
    expect(asked.at(-1)).not.toHaveProperty('join');
    await undoJoin();
    await undo();
    expect(asked.at(-1)).not.toHaveProperty('resolutions');
    expect(data.stale).toBe(false);
  });

  it('leave it to the run whether its training images are mirrored; who says so is not overruled', async () => {
    auditing(() => ({ grey: 8 }));
    const plan = usePlan();
    const asked = () => plan.plan.augmentation?.flipHorizontal;
    await useData().choose('/grey');
    expect(asked()).toBeUndefined();
    useSettings().settings.augmentation.flipHorizontal = true;
    await useData().examine(true);
    expect(asked()).toBe(true);
    useSettings().reset();
    expect(asked()).toBeUndefined();
  });

  it('take labels and patients from a table of the folder, by the names of its columns', async () => {
    const asked = auditing(() => ({
      csvFiles: [{ path: '/d/labels.csv', columns: ['image_id', 'diagnosis', 'patient_id'] }],
    }));
    const data = useData();
    await data.choose('/d');
    await data.useTable('/d/labels.csv');
    expect(asked.at(-1)?.labels).toEqual({
      csv: '/d/labels.csv',
      fileColumn: 'image_id',
      labelColumn: 'diagnosis',
      groupColumn: 'patient_id',
    });
    // The table lies in the folder: another folder does not have it.
    await data.choose('/other');
    expect(data.selection).toEqual({ folder: '/other' });
  });

  it('by another table bring its columns, and keep those that were picked for the one that is chosen', async () => {
    auditing(() => ({ csvFiles: [{ path: '/d/labels.csv', columns: ['image_id', 'diagnosis', 'patient_id'] }] }));
    const data = useData();
    await data.choose('/d');
    data.chooseTable('/d/labels.csv');
    expect(data.form).toMatchObject({ fileColumn: 'image_id', labelColumn: 'diagnosis', groupColumn: 'patient_id' });
    data.form.groupColumn = '';
    data.chooseTable('/d/labels.csv');
    await data.examine();
    expect(data.form).toMatchObject({ csv: '/d/labels.csv', labelColumn: 'diagnosis', groupColumn: '' });
  });

  it('of an earlier run are looked at again, with its table and columns', async () => {
    const asked = auditing();
    const labels = { csv: '/l.csv', fileColumn: 'f', labelColumn: 'l', groupColumn: null };
    await useData().adopt({ folder: '/d', labels, groupPattern: '(p\\d+)', greyScale: 'full' });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ folder: '/d', labels, groupPattern: '(p\\d+)', greyScale: 'full' });
  });
});

describe('the run to be started', () => {
  it('takes the positive class that the names give away, and asks where they do not', async () => {
    auditing((folder) =>
      folder === '/d'
        ? {}
        : {
            classes: [
              { name: 'left', images: 4, groups: 4 },
              { name: 'right', images: 4, groups: 4 },
            ],
          },
    );
    const plan = usePlan();
    await useData().choose('/d');
    expect(plan.plan.positive).toBe('malignant');
    expect(plan.blocked).toBeNull();
    await useData().choose('/sides');
    expect(plan.blocked).toBe('Say under ‘Settings’ which class is the positive one.');
    useSettings().settings.positive = 'left';
    expect(plan.blocked).toBeNull();
    // A choice for other data says nothing here.
    await useData().choose('/d');
    expect(plan.plan.positive).toBe('malignant');
  });

  it('goes on in spite of a serious finding only where a person says so, for these findings', async () => {
    const grave = (code: string) => [{ code, message: 'It is serious.', grave: true }];
    auditing((folder) => ({ warnings: grave(folder === '/d' ? 'LOST_CLASS' : 'SPLIT_FOLDERS') }));
    const plan = usePlan();
    await useData().choose('/d');
    expect(plan.blocked).toMatch(/serious findings/);
    plan.goOn = true;
    expect(plan.blocked).toBeNull();
    expect(plan.plan.accept).toEqual(['LOST_CLASS']);
    await useData().choose('/e');
    expect(plan.goOn).toBe(false);
    expect(plan.plan.accept).toEqual([]);
    // What was confirmed before is asked again where the images were looked at again.
    plan.goOn = true;
    await useData().examine(true);
    expect(plan.goOn).toBe(false);
    expect(plan.plan.accept).toEqual([]);
  });

  it('names the setting that is not allowed', async () => {
    auditing();
    await useData().choose('/d');
    useSettings().settings.epochs = 0;
    expect(usePlan().blocked).toMatch(/^One setting needs a look: epochs/i);
  });

  it('takes over all of an earlier run', async () => {
    auditing(undefined, { 'source.list': () => [], 'catalogue.list': () => [] });
    const earlier = trainingPlan.parse({
      ...{ data: { folder: '/d' }, backbone: 'resnet18', cut: 'layer2.1', channels: 1, epochs: 7, batch: 4, seed: 9 },
      test: { folder: '/t' },
    });
    useSettings().adopt(earlier);
    useNetwork().adopt(earlier);
    usePlan().adopt(earlier);
    await useData().adopt(earlier.data);
    expect(trainingPlan.parse({ ...usePlan().plan, positive: earlier.positive })).toEqual(earlier);
  });
});

it('the memory is asked for once, after the settings have come to rest, and not while the plan is not whole', async () => {
  const asked: number[] = [];
  auditing(undefined, {
    'run.memory': (plan) => {
      asked.push(plan.batch);
      return { bytes: 1, total: 8, room: 4, limit: null, fits: true, batch: 32, automatic: 32 };
    },
  });
  const { settings } = useSettings();
  useMemory();
  await new Promise((done) => setTimeout(done, 300));
  expect(asked).toEqual([]);
  await useData().choose('/d');
  for (const batch of [2, 4, 8]) {
    settings.batch = batch;
    await nextTick();
  }
  await expect.poll(() => asked.length).toBe(1);
  await new Promise((done) => setTimeout(done, 300));
  expect(asked).toEqual([8]);
});

describe('an export', () => {
  const engine = (asked: InputOf<'model.export'>[], refuse = false): Partial<Handlers> => ({
    'model.exports': () => [],
    'model.export': (input) => {
      asked.push(input);
      throw new CutpointError(refuse ? 'DISK_FULL' : 'FILE_EXISTS', 'It was refused.');
    },
  });

  it('has options where its format has some', async () => {
    const asked: InputOf<'model.export'>[] = [];
    windowWith(engine(asked));
    const store = useExports();
    store.form.options.precision = 'float16';
    await store.write('a', ' /m.onnx ');
    store.form.format = 'safetensors';
    await store.write('a', ' /m.onnx ');
    expect(asked.map(({ out, format, options }) => [out, format, options?.precision])).toEqual([
      ['/m.onnx', 'onnx', 'float16'],
      ['/m.onnx', 'safetensors', 'float32'],
    ]);
  });

  it('that is in the way of another is asked about, and then replaced', async () => {
    const asked: InputOf<'model.export'>[] = [];
    windowWith({
      'model.export': (input) => {
        asked.push(input);
        throw new CutpointError('EXPORT_EXISTS', 'It is there.', { details: { path: '/m.onnx' } });
      },
    });
    const store = useExports();
    await store.write('a', '/m');
    expect([store.inTheWay, store.exporting.error]).toEqual(['/m.onnx', null]);
    await store.write('a', '/m', { overwrite: true });
    expect(asked.map(({ overwrite }) => overwrite)).toEqual([false, true]);
  });

  it('what was typed stays with its run', async () => {
    windowWith({ 'model.exports': () => [] });
    const store = useExports();
    await store.show('a');
    store.form.out = '/m.onnx';
    await store.show(null);
    await store.show('a');
    expect(store.form.out).toBe('/m.onnx');
    await store.show('b');
    expect(store.form.out).toBeNull();
  });

  it('that was refused is told until another run is shown', async () => {
    windowWith(engine([], true));
    const store = useExports();
    await store.write('a', '/m.onnx');
    expect(store.exporting.error?.code).toBe('DISK_FULL');
    await store.show('b');
    expect(store.exporting.error).toBeNull();
  });
});

describe('weights to be added', () => {
  const inspected = (candidates: string[], file: string): OutputOf<'source.inspect'> => ({
    ...{ file, bytes: 1, tensors: 2, looksLike: null, candidates, backbone: 'resnet18' },
    report: {
      ...{ format: 'keras-h5', matched: ['conv1'], missing: ['fc'], mismatched: [], unexpected: [], ignored: [] },
      ...{ adapted: [], dense: [], weights: 'root', copies: [], objects: [], constant: [] },
    },
  });

  it('in part need consent, and what was seen in one file says nothing of the next', async () => {
    windowWith({ 'source.inspect': ({ file }) => inspected([], file) });
    const sources = useSources();
    sources.form.file = '/w/resnet.weights.h5';
    await sources.inspect('resnet18');
    expect(sources.form.name).toBe('resnet');
    expect(sources.fit).toBe('part');
    expect(sources.addable).toBe(false);
    sources.form.partial = true;
    expect(sources.addable).toBe(true);
    sources.form.file = '/w/other.pth';
    expect(sources.fit).toBeNull();
    expect(sources.form.partial).toBe(false);
    // The name was that of the first file.
    await sources.inspect('resnet18');
    expect(sources.form.name).toBe('other');
    // One that a person typed stays.
    sources.form.name = 'mine';
    sources.form.file = '/w/third.pth';
    await sources.inspect('resnet18');
    expect(sources.form.name).toBe('mine');
  });

  it('of the catalogue are no other file, which has a name of its own', async () => {
    windowWith({
      'source.inspect': ({ file }) => inspected([], file),
      'catalogue.download': () => ({ file: '/w/fetched.pth', sha256: 's', bytes: 1, verified: true }),
    });
    const sources = useSources();
    await sources.download({ id: 'published', backbone: 'resnet18' });
    expect(sources.form).toMatchObject({ file: '/w/fetched.pth', name: 'published', catalogue: 'published' });
    sources.form.file = '/w/own.pth';
    await sources.inspect('resnet18');
    expect(sources.form).toMatchObject({ name: 'own', catalogue: null });
  });
});

describe('a removal', () => {
  const gone = {
    dryRun: false,
    studies: [],
    comparisons: [],
    sources: [],
    datasets: [],
    exports: [],
    jobs: [],
    bytes: 9,
    notes: [],
  };
  const doomed = { kind: 'run', id: 'a', title: 'the run' } as const;

  it('shows what would go, and then has it removed', async () => {
    const asked: InputOf<'storage.remove'>[] = [];
    windowWith({
      'storage.remove': (input) => {
        asked.push(input);
        return { ...gone, dryRun: input.dryRun, runs: input.ids };
      },
      'run.list': () => toTable(RUN_FIELDS, []),
      ...{ 'storage.damaged': () => [], 'source.list': () => [], 'catalogue.list': () => [] },
    });
    const storage = useStorage();
    await storage.ask(doomed);
    expect(storage.preview.result?.runs).toEqual(['a']);
    await storage.remove();
    expect(asked.map(({ dryRun }) => dryRun)).toEqual([true, false]);
    expect(storage.doomed).toBeNull();
  });

  it('that others stand in the way of counts them, and is kept in mind', async () => {
    windowWith({
      'storage.remove': () => {
        throw new CutpointError('IN_USE', 'It is needed.', { details: { runs: ['b', 'c'], comparisons: ['s'] } });
      },
    });
    const storage = useStorage();
    await storage.ask({ ...doomed, kind: 'source' });
    expect(storage.dependents).toBe(3);
    await storage.remove();
    expect(storage.doomed).not.toBeNull();
    expect(storage.removing.error?.code).toBe('IN_USE');
  });
});
