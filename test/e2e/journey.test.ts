import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { certificate } from '../../src-main/contract/certificate.ts';
import { contract } from '../../src-main/contract/index.ts';
import { runRow, type RunSummary } from '../../src-main/contract/run.ts';
import { rowOfRun } from '../../src-main/contract/runRow.ts';
import { folderForFile } from '../support/folder.ts';
import { serveForFile } from '../support/serve.ts';
import { failure, json, run } from './support/cutpoint.ts';

const output = <M extends keyof typeof contract>(method: M): (typeof contract)[M]['output'] => contract[method].output;

const folder = folderForFile();
const study = join(folder, 'study');
const workspace = ['--workspace', join(folder, 'workspace')];
const labels = ['--labels', join(study, 'labels.csv'), '--group-column', 'group'];
const cut = ['--backbone', 'mobilenet_v2_keras', '--cut', 'block_2_add', '--input', '64', '--lr', '0.003'];
let trained: RunSummary;
let files: string[];

serveForFile(workspace[1]!);
beforeAll(async () => {
  const sample = await json(output('data.sample'), ['sample', study, ...workspace]);
  expect(sample.images).toBeGreaterThan(100);
  expect(existsSync(sample.labels)).toBe(true);
  const args = ['train', '--data', study, ...labels, ...cut, '--epochs', '2', '--open-test', 'first figures'];
  trained = await json(output('run.get'), [...workspace, ...args]);
  const images = readdirSync(study, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(png|dcm)$/.test(name));
  files = [
    ...images.filter((name) => name.endsWith('png')).slice(0, 3),
    ...images.filter((name) => !name.endsWith('png')).slice(0, 3),
  ].map((name) => join(study, name));
});

test('the sample data pass the audit: DICOM and PNG, several patients, two classes, nothing in the way', async () => {
  const report = await json(output('data.audit'), ['audit', study, ...labels, ...workspace]);
  expect(report).toMatchObject({ problems: [], obstacles: [] });
  expect(report.formats.map(({ format }) => format).sort()).toEqual(['DICOM', 'PNG']);
  expect(report.classes).toHaveLength(2);
  expect(report).toMatchObject({ images: 240, groups: 40, groupSource: 'csv' });
});

test('train ends with the finished run: its id, its epochs, and, as it was asked to open it, its numbers on the test split', () => {
  expect(trained.id).toMatch(/^\d{8}-\d{6}-\w{4}$/);
  expect(trained).toMatchObject({ status: 'completed', error: null, engine: 'tensorflow' });
  expect(trained.epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
  const split = trained.split!;
  expect(split.train.images + split.validation.images + split.test.images).toBe(240);
  expect(split.train.groups + split.validation.groups + split.test.groups).toBe(40);
  expect(trained.test).toMatchObject({ run: trained.id, on: 'test', images: split.test.images });
  expect(trained).toMatchObject({ sealed: false, testOpened: { times: 1 } });
});

test('the WebAssembly engine trains to the same loss; the test set stays sealed until it is opened', async () => {
  const args = ['train', '--data', study, ...labels, ...cut, '--epochs', '1', '--engine', 'wasm', ...workspace];
  const { id, engine, epochs, ...rest } = await json(output('run.get'), args);
  expect(engine).toBe('wasm');
  // The same images, weights, augmentation and dropout; sums in another order. 2 % after 11 steps of Adam.
  expect(Math.abs(epochs[0]!.trainLoss / trained.epochs[0]!.trainLoss - 1)).toBeLessThan(0.02);

  expect(rest).toMatchObject({ sealed: true, test: null, testOpened: null });
  const shown = await run(['run', id, ...workspace]);
  expect(shown.stdout.trim().split('\n').at(-1)).toBe(
    `Test set: sealed; \`cutpoint open-test ${id} --reason "…"\` opens it.`,
  );
  const instead = await run(['evaluate', id, '--json', ...workspace]);
  expect(JSON.parse(instead.stdout)).toMatchObject({ on: 'validation' });
  expect(instead.stderr).toContain('the test set is sealed, and these are figures of the validation images');
  expect(await failure(['predictions', id, '--part', 'test', ...workspace])).toMatchObject({ code: 'TEST_SEALED' });
  await json(output('run.openTest'), ['open-test', id, '--reason', 'the model is final', ...workspace]);
  expect(await json(output('run.evaluate'), ['evaluate', id, ...workspace])).toMatchObject({ on: 'test' });
  const again = await json(output('run.get'), ['run', id, ...workspace]);
  expect(again).toMatchObject({ sealed: false, testOpened: { times: 1 }, test: { on: 'test' } });
});

test('runs and run tell of it, in JSON and in words', async () => {
  const list = await json(z.array(runRow), ['runs', ...workspace]);
  expect(list.find(({ id }) => id === trained.id)).toEqual(rowOfRun(trained));
  expect(await json(output('run.get'), ['run', trained.id, ...workspace])).toEqual(trained);
  const { stdout, stderr } = await run(['run', trained.id, ...workspace]);
  expect(stderr).toBe('');
  expect(stdout).toContain('mobilenet_v2_keras, cut after block_2_add');
  expect(stdout).toMatch(/2 of 2 +\d\.\d{4}/);
  expect(stdout).toMatch(/Accuracy +\d\.\d{4}, \d+ of \d+ \(\d+\.\d %\)/);
});

test('curves and queue tell what was trained, and that nothing waits', async () => {
  const [of, ...others] = await json(output('run.curves'), ['curves', trained.id, ...workspace]);
  expect(others).toEqual([]);
  expect(of!.epochs.map(({ epoch, trainLoss }) => [epoch, trainLoss])).toEqual(
    trained.epochs.map(({ epoch, trainLoss }) => [epoch, trainLoss]),
  );
  expect((await run(['curves', trained.id, ...workspace])).stdout.match(new RegExp(trained.id, 'g'))).toHaveLength(2);
  expect(await json(output('queue.list'), ['queue', ...workspace])).toEqual([]);
  expect((await run(['queue', trained.id, '--to', '1', ...workspace])).stderr).toContain('does not wait for its turn');
  expect((await run(['queue', trained.id, ...workspace])).stderr).toContain('--to are both needed');
});

test('evaluate gives the stored numbers of the test split, and fresh ones on a folder', async () => {
  const stored = await json(output('run.evaluate'), ['evaluate', trained.id, ...workspace]);
  const { intervals, figures, curves: _, ...numbers } = stored;
  expect(numbers).toEqual(trained.test);
  expect(intervals!.accuracy).toMatchObject({ of: stored.images });
  expect(figures!.images.cases).toBe(stored.images);
  const fresh = await json(output('run.evaluate'), ['evaluate', trained.id, '--data', study, ...labels, ...workspace]);
  expect(fresh).toMatchObject({ on: 'data', images: 240, classes: trained.classes });
  for (const name of ['auroc', 'auprc', 'accuracy', 'balancedAccuracy', 'sensitivity', 'specificity'] as const) {
    expect(fresh.metrics[name]).toBeGreaterThanOrEqual(0);
    expect(fresh.metrics[name]).toBeLessThanOrEqual(1);
  }
});

test('the exported ONNX file predicts what the run predicts', async () => {
  const onnx = join(folder, 'model.onnx');
  const record = await json(output('model.export'), [
    ...['export', trained.id, '--format', 'onnx', '--out', onnx, '--no-latency'],
    ...workspace,
  ]);
  expect(record).toMatchObject({ run: trained.id, format: 'onnx', path: onnx, bytes: readFileSync(onnx).length });
  expect(record.parity.images).toBe(32);
  expect(record.parity.largestDifference).toBeLessThanOrEqual(1e-4);

  const byRun = await json(output('model.predict'), ['predict', trained.id, ...files, ...workspace]);
  const byFile = await json(output('model.predict'), ['predict', onnx, ...files, ...workspace]);
  const { tried } = await json(output('model.try'), ['predict', onnx, ...files, '--compare', ...workspace]);
  expect(tried.map(({ file, exported }) => ({ file, ...exported }))).toEqual(byFile.predictions);
  expect(tried.map(({ file, application }) => ({ file, ...application }))).toEqual(byRun.predictions);
  expect(byRun.problems).toEqual([]);
  expect(byRun.predictions.map(({ file }) => file)).toEqual(files);
  expect(byFile.classes).toEqual(byRun.classes);
  byRun.predictions.forEach(({ probabilities }, at) => {
    expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    probabilities.forEach((value, label) => {
      expect(Math.abs(value - byFile.predictions[at]!.probabilities[label]!)).toBeLessThanOrEqual(1e-4);
    });
  });
});

test('the exported TensorFlow.js model predicts what the run predicts', async () => {
  const out = join(folder, 'tfjs');
  const record = await json(output('model.export'), [
    ...['export', trained.id, '--format', 'tfjs', '--out', out, '--no-latency'],
    ...workspace,
  ]);
  expect(existsSync(join(out, 'model.json'))).toBe(true);
  expect(record).toMatchObject({ parity: { images: 32, changedDecisions: 0 }, latency: null });
  expect(record.parity.largestDifference).toBeLessThanOrEqual(1e-4);
  const byRun = await json(output('model.predict'), ['predict', trained.id, ...files, ...workspace]);
  const byFolder = await json(output('model.predict'), ['predict', out, ...files, ...workspace]);
  byRun.predictions.forEach(({ probabilities, predicted }, at) => {
    const other = byFolder.predictions[at]!;
    expect(other.predicted).toBe(predicted);
    probabilities.forEach((value, label) => {
      expect(Math.abs(value - other.probabilities[label]!)).toBeLessThanOrEqual(1e-4);
    });
  });
});

test.each([
  ['keras', 'model.keras'],
  ['keras-h5', 'model.h5'],
  ['safetensors', 'model.safetensors'],
])('the model as %s is verified, certified, and listed in words', async (format, name) => {
  const args = ['export', trained.id, '--format', format, '--out', join(folder, name), '--no-latency', ...workspace];
  const { status, stdout } = await run(args);
  expect(status).toBe(0);
  expect(stdout).toMatch(/Verified +32 held-out images in TensorFlow\.js .*; 0 decisions changed/);
  const written = certificate.parse(JSON.parse(readFileSync(join(folder, `${name}.certificate.json`), 'utf8')));
  expect(written).toMatchObject({
    file: { name, format, bytes: readFileSync(join(folder, name)).length },
    latency: null,
  });
  expect(readFileSync(join(folder, `${name}.card.md`), 'utf8')).toContain('Not measured.');
});

test('certificate and model card tell what the model is, that it computes the same, and how fast', async () => {
  const onnx = join(folder, 'model.onnx');
  const args = ['export', trained.id, '--format', 'onnx', '--out', onnx, ...workspace];
  const { error } = JSON.parse((await run([...args, '--json'])).stdout) as { error: { code: string } };
  expect(error.code).toBe('EXPORT_EXISTS');
  const record = await json(output('model.export'), [...args, '--overwrite']);
  const written = certificate.parse(JSON.parse(readFileSync(record.certificate!, 'utf8')));
  const bytes = readFileSync(onnx);
  expect(written).toMatchObject({
    file: { name: 'model.onnx', bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
    model: { run: trained.id, cut: 'block_2_add', classes: trained.classes, threshold: 0.5 },
    data: { split: trained.split },
    source: null,
    tolerance: { largestDifference: 1e-4, changedDecisions: 0 },
    parity: { images: 32, changedDecisions: 0 },
  });
  expect(written.model).toMatchObject({ parameters: trained.parameters, macs: trained.macs });
  expect(written.full.parameters).toBeGreaterThan(2_000_000);
  expect(written.latency).toEqual(record.latency);
  expect(written.latency!.rows.map(({ network, batch }) => `${network} ${batch}`)).toEqual([
    'exported 1',
    'full 1',
    'exported 16',
    'full 16',
  ]);
  const [own, full] = ['exported', 'full'].map((name) => written.latency!.rows.find((row) => row.network === name && row.batch === 16)!); // prettier-ignore
  expect(own!.milliseconds).toBeLessThan(full!.milliseconds);
  const card = readFileSync(record.card!, 'utf8');
  expect(card).toContain('Not a medical device');
  expect(card).toContain(`| AUROC | ${trained.test!.metrics.auroc!.toFixed(4)} |`);
  expect(card).toContain(`| test | ${trained.split!.test.images} | ${trained.split!.test.groups} |`);
  expect(card).toContain(written.file.sha256);
});

test.each(['float16', 'int8'])(
  'what %s changes is measured on the test images, and written down',
  async (precision) => {
    const out = join(folder, `model-${precision}.onnx`);
    const args = ['export', trained.id, '--format', 'onnx', '--precision', precision, '--out', out, '--no-latency'];
    const { effect, certificate: path, card } = await json(output('model.export'), [...args, ...workspace]);
    const { accuracy, auroc, images } = effect!;
    expect(images).toBe(trained.split!.test.images);
    expect(accuracy.before).toBeCloseTo(trained.test!.metrics.accuracy, 6);
    expect(auroc.before).toBeCloseTo(trained.test!.metrics.auroc!, 6);
    expect(Math.abs(accuracy.after! - accuracy.before!)).toBeLessThan(0.1);
    expect(certificate.parse(JSON.parse(readFileSync(path!, 'utf8')))).toMatchObject({ tolerance: null, effect });
    expect(readFileSync(card!, 'utf8')).toContain(`| Measure | float32 | ${precision} |`);
  },
);

test('a file that takes pictures of any size is compared on pictures as they are', async () => {
  const out = join(folder, 'any.onnx');
  const args = [
    'export',
    trained.id,
    '--format',
    'onnx',
    '--any-size',
    '--fold-batch-norm',
    '--out',
    out,
    '--no-latency',
  ];
  const record = await json(output('model.export'), [...args, ...workspace]);
  expect(record.options).toEqual({ precision: 'float32', foldBatchNorm: true, anySize: true });
  expect(record.parity.changedDecisions).toBe(0);
  const written = certificate.parse(JSON.parse(readFileSync(record.certificate!, 'utf8')));
  // From the pictures' own pixels on, on every held-out image; the record says the same.
  const { wholePath, data } = written;
  expect(wholePath!.images).toBe(wholePath!.of);
  expect(wholePath!.of).toBe(data.split.test!.images + data.split.validation!.images);
  expect(wholePath!.largestDifference).toBeLessThan(1e-4);
  expect(wholePath!.changedDecisions).toBe(0);
  expect(record.parity.wholePath).toEqual(wholePath);
  const byFile = await json(output('model.predict'), ['predict', out, ...files, ...workspace]);
  expect(byFile.predictions).toHaveLength(files.length);
});

test('what makes no sense is refused before anything is written, with what would work', async () => {
  const out = join(folder, 'small');
  const args = ['export', trained.id, '--format', 'tfjs', '--precision', 'int8', '--out', out, ...workspace];
  const { status, stderr } = await run(args);
  expect(status).not.toBe(0);
  expect(stderr).toMatch(/Only an ONNX file can have precision int8/);
  expect(existsSync(out)).toBe(false);
});

test('a file that cannot be read is listed, the others are predicted', async () => {
  const args = ['predict', trained.id, files[0]!, join(study, 'labels.csv'), ...workspace];
  const { predictions, problems } = await json(output('model.predict'), args, 3);
  expect(predictions).toHaveLength(1);
  expect(problems).toMatchObject([{ file: join(study, 'labels.csv') }]);
});

test('paths start at the working directory', async () => {
  const { status, stdout } = await run(['audit', 'study', '--labels', 'study/labels.csv', '--json', ...workspace], {
    cwd: folder,
  });
  expect(status).toBe(0);
  expect((JSON.parse(stdout) as { folder: string }).folder).toBe(study);
  // A table that is not there is looked for beside the images.
  const beside = await run(['audit', study, ...['--labels', 'labels.csv', '--group-column', 'group'], ...workspace]);
  expect(beside.stdout).toMatch(/Patients +40 \(from the CSV\)/);
});

test('inspect has exactly the documented fields, and the published sizes of ResNet-50', async () => {
  const documented = z.strictObject({
    backbone: z.literal('resnet50'),
    input: z.literal(224),
    classes: z.literal(3),
    parameters: z.int(),
    macs: z.int(),
    cuts: z.array(
      z.strictObject({
        name: z.string(),
        block: z.string(),
        endsBlock: z.boolean(),
        parameters: z.int(),
        macs: z.int(),
        channels: z.int(),
        stride: z.int(),
        receptiveField: z.strictObject({ pixels: z.int(), centre: z.number(), gated: z.boolean() }),
      }),
    ),
  });
  const { cuts } = await json(documented, ['inspect', 'resnet50', '--classes', '3', '--input', '224']);
  // He et al. 2016 through torchvision's layers; the figures of the issue in millions and thousands of millions.
  const figures = ['layer3.3', 'layer3.5', 'layer4.2'].map((name) => {
    const { parameters, macs } = cuts.find((point) => point.name === name)!;
    return [(parameters / 1e6).toFixed(3), (macs / 1e9).toFixed(3)];
  });
  expect(figures).toEqual([
    ['6.309', '2.841'],
    ['8.543', '3.278'],
    ['23.508', '4.087'],
  ]);
  const cutOff = await json(output('backbone.inspect'), ['inspect', 'resnet50', '--cut', 'layer3.5']);
  expect(cutOff.parameters).toBe(cuts.find(({ name }) => name === 'layer3.5')!.parameters);
});

test('a network for masks is inspected with its cuts, and is none of those that tell classes apart', async () => {
  const asked = ['inspect', 'unet_resnet34', '--input', '256'];
  const { parameters, cuts } = await json(output('backbone.inspect'), asked);
  // As segmentation_models.pytorch counts them, for one class.
  expect(parameters).toBe(24_436_369);
  const { stdout } = await run(asked);
  for (const { name, block } of cuts)
    expect(stdout).toMatch(new RegExp(`^${name} +${block.replaceAll('.', '\\.')} `, 'm'));
  expect(cuts.map(({ name }) => name)).toEqual(['B1', 'B2', 'B3', 'full']);
  expect((await json(output('backbone.list'), ['backbones'])).map(({ name }) => name)).not.toContain('unet_resnet34');
  expect((await run(['backbones'])).stdout).toMatch(/^Networks for masks, .* unet_resnet18, unet_resnet34/m);
});

test('backbones and doctor keep to the contract', async () => {
  const names = (await json(output('backbone.list'), ['backbones'])).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['mobilenet_v2_keras', 'resnet18', 'resnet34', 'resnet50']));
  const report = await json(output('system.doctor'), ['--workspace', workspace[1]!, 'doctor']);
  expect(report.workspace).toBe(workspace[1]);
  expect(report.engines.find(({ engine }) => engine === 'wasm')!.available).toBe(true);
});

test('explain writes maps over the pictures, under names that tell nothing; a bad file does not stop the others', async () => {
  const out = join(folder, 'maps');
  const asked = ['explain', trained.id, ...files.slice(0, 2), labels[1]!, '--test', '0', '--npy', '--out', out];
  const document = await json(z.looseObject({ maps: z.array(z.looseObject({ number: z.int() })), problems: z.array(z.unknown()) }), [...asked, ...workspace], 3); // prettier-ignore
  expect(document.maps.map(({ number }) => number)).toEqual([1, 2, 4]);
  expect(document.problems).toMatchObject([{ file: labels[1], code: 'IMAGE_WRONG_TYPE' }]);
  const kinds = ['map.npy', 'map.png', 'overlay.png', 'raw.csv'];
  expect(readdirSync(out).sort()).toEqual([...['001', '002', '004'].flatMap((n) => kinds.map((kind) => `${n}-${kind}`)), 'maps.json']); // prettier-ignore
  const [picture, overlay, map] = await Promise.all(
    [files[0]!, join(out, '001-overlay.png'), join(out, '001-map.png')].map((file) => sharp(file).metadata()),
  );
  const { width, height } = picture!;
  expect([overlay!.width, overlay!.height, map!.width, map!.height]).toEqual([width, height, width, height]);
  const npy = readFileSync(join(out, '001-map.npy'));
  expect(npy.toString('latin1', 0, 200)).toContain(
    `'descr': '<f4', 'fortran_order': False, 'shape': (${height}, ${width})`,
  );
  expect(npy.length).toBe(128 + 4 * width * height);
  expect(readFileSync(join(out, '001-raw.csv'), 'utf8').trim().split('\n')).toHaveLength(16);
  const index = readFileSync(join(out, 'maps.json'), 'utf8');
  for (const file of files) expect(index).not.toContain(basename(file));
  expect(await failure([...asked, ...workspace])).toMatchObject({ code: 'FOLDER_NOT_EMPTY' });
  const nothing = ['explain', trained.id, labels[1]!, '--out', join(folder, 'none'), ...workspace];
  expect(await failure(nothing)).toMatchObject({ code: 'IMAGE_WRONG_TYPE', status: 1 });
});

test('explain-check tells in figures and in a sentence whether to trust a map', async () => {
  const args = ['explain-check', trained.id, files[0]!, labels[1]!, '--draws', '1', ...workspace];
  const { status, stdout } = await run(args);
  expect(status).toBe(3);
  expect(stdout).toContain(`${labels[1]!}: `);
  expect(stdout).toMatch(/random from the head to head .*\d\.\d\d/);
  expect(stdout).toMatch(/when the weights are random \(rank correlation|Random weights leave no map|blank/);
});

test('localise counts hits beside those of chance', async () => {
  const table = join(folder, 'regions.csv');
  const rows = files.slice(0, 3).map((file) => `${relative(study, file)},0 0 15 15`);
  writeFileSync(table, ['file,boxes', ...rows].join('\n'));
  const args = ['localise', trained.id, '--data', study, '--regions', table, '--boxes', 'boxes', ...workspace];
  const found = await json(output('explain.localise'), args);
  expect(found).toMatchObject({ images: 3, problems: [], cut: 'block_2_add' });
  appendFileSync(table, '\nnobody.png,0 0 15 15');
  const partly = await run(args);
  expect(partly.status).toBe(3);
  expect(partly.stdout).toMatch(/Peak in the finding .*of 3 \(/);
  expect(partly.stdout).toContain('nobody.png: ');
});

test('filters writes a sheet for each layer, and what kinds they are', async () => {
  const out = join(folder, 'filters');
  const args = ['filters', trained.id, '--cut', 'expanded_conv_project_BN', 'block_2_add', '--channels', '0,3,4'];
  const { stdout } = await run([...args, '--size', '32', '--steps', '4', '--out', out, ...workspace]);
  expect(stdout).toMatch(/block_2_add +24 +3 /);
  const sheets = ['block_2_add', 'expanded_conv_project_BN'];
  const names = sheets.flatMap((sheet) => ['-0000', '-0003', '-0004', ''].map((channel) => `${sheet}${channel}.png`));
  expect(readdirSync(out).sort()).toEqual([...names, 'filters.json'].sort());
});
