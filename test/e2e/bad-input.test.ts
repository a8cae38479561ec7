import { existsSync, cpSync, mkdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { contract } from '../../src-main/contract/index.ts';
import { runRow } from '../../src-main/contract/run.ts';
import { folderForFile } from '../support/folder.ts';
import { serveForFile } from '../support/serve.ts';
import { failure, json, run, start } from './support/cutpoint.ts';
import { TINY, writeCsv, writeStudy } from './support/study.ts';

const FIXTURES = resolve(import.meta.dirname, '../engine/weights/fixtures');
const folder = folderForFile();
const study = join(folder, 'study');
const workspace = ['--workspace', join(folder, 'workspace')];
const train = (...args: string[]) => ['train', ...TINY, '--source', 'none', ...args, ...workspace];
const endEngine = serveForFile(workspace[1]!);
let id: string;

beforeAll(async () => {
  await writeStudy(study);
  const finished = await json(contract['run.get'].output, train('--data', study, '--epochs', '1'));
  id = finished.id;
});

describe('data', () => {
  test('an empty folder', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    expect(await failure(['audit', empty, ...workspace])).toMatchObject({ status: 1, code: 'FOLDER_EMPTY' });
    expect(await failure(train('--data', empty))).toMatchObject({ status: 1, code: 'FOLDER_EMPTY' });
  });

  test('a folder that does not exist', async () => {
    const error = await failure(['audit', join(folder, 'nowhere'), ...workspace]);
    expect(error).toMatchObject({ status: 1, code: 'FOLDER_NOT_FOUND' });
  });

  test('a name with characters that terminals obey is shown, and not obeyed', async () => {
    const odd = join(folder, 'odd');
    await writeStudy(odd, { classes: ['a', 'b \u001b]0;title\u0007\u009b31m'], patients: 3 });
    writeFileSync(join(odd, 'a', 'broken \u001b[2J.png'), '');
    const { stdout, stderr, status } = await run(['audit', odd, ...workspace]);
    expect(status).toBe(3);
    expect(stdout).toContain('broken \ufffd[2J.png');
    expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n\t]/u);
  });

  test('one class: the audit says that training cannot start, and it does not', async () => {
    const single = join(folder, 'single');
    await writeStudy(single, { classes: ['normal'], patients: 4 });
    const report = await json(contract['data.audit'].output, ['audit', single, ...workspace], 1);
    expect(report.obstacles.map(({ code }) => code)).toEqual(['ONE_CLASS']);
    const error = await failure(train('--data', single));
    expect(error).toMatchObject({ status: 1, code: 'ONE_CLASS', message: report.obstacles[0]!.message });
  });

  test('a class with one patient', async () => {
    const rare = join(folder, 'rare');
    await writeStudy(rare, { classes: ['normal'], patients: 8 });
    await writeStudy(rare, { classes: ['tumour'], patients: 1 });
    const error = await failure(train('--data', rare));
    expect(error).toMatchObject({ status: 1, code: 'TOO_FEW_GROUPS' });
    expect(error.message).toContain('tumour');
  });

  test('corrupt, truncated, empty and wrongly named files are listed with a reason, and the rest is used', async () => {
    const mixed = join(folder, 'mixed');
    const [good = ''] = await writeStudy(mixed, { patients: 4 });
    const at = (name: string) => join(mixed, 'dark', name);
    writeFileSync(at('empty.png'), '');
    writeFileSync(at('text.png'), 'Dear colleague, thank you for referring this patient.');
    cpSync(join(mixed, good), at('cut.png'));
    truncateSync(at('cut.png'), 400);
    const corrupt = readFileSync(join(mixed, good));
    corrupt.fill(0x5a, 60);
    writeFileSync(at('corrupt.png'), corrupt);
    const report = await json(contract['data.audit'].output, ['audit', mixed, ...workspace], 3);
    expect(report.images).toBe(8);
    const reasons = Object.fromEntries(report.problems.map(({ file, code }) => [basename(file), code]));
    expect(reasons).toEqual({
      'empty.png': 'IMAGE_EMPTY',
      'text.png': 'IMAGE_WRONG_TYPE',
      'cut.png': 'IMAGE_CORRUPT',
      'corrupt.png': 'IMAGE_CORRUPT',
    });
    const { stdout } = await run(['audit', mixed, ...workspace]);
    expect(stdout).toContain('Left out: 4 of 12 files');
    const trained = await json(contract['run.get'].output, train('--data', mixed, '--epochs', '1'));
    expect(trained.status).toBe('completed');
  });

  describe('a CSV', () => {
    const rows = ['dark', 'light'].flatMap((label) =>
      Array.from({ length: 8 }, (_, patient) => [`${label}/p${patient}.png`, label]),
    );
    const audit = (csv: string, ...more: string[]) => ['audit', study, '--labels', csv, ...more, ...workspace];

    test('that names a file twice: the audit says so, and training does not start', async () => {
      const csv = writeCsv(join(folder, 'twice.csv'), [...rows, ['dark/p0.png', 'light']]);
      const report = await json(contract['data.audit'].output, audit(csv), 1);
      expect(report.obstacles.map((obstacle) => obstacle.code)).toEqual(['LABELS_DUPLICATE']);
      const error = await failure(train('--data', study, '--labels', csv));
      expect(error).toMatchObject({ status: 1, code: 'LABELS_DUPLICATE' });
      expect(error.message).toContain('dark/p0.png');
    });

    test('that names a file that does not exist: training waits until that is accepted', async () => {
      const csv = writeCsv(join(folder, 'gone.csv'), [...rows, ['dark/nobody.png', 'dark']]);
      const report = await json(contract['data.audit'].output, audit(csv), 3);
      expect(report.obstacles).toEqual([]);
      expect(report.warnings.filter(({ grave }) => grave).map(({ code }) => code)).toContain('LABELS_FILE_MISSING');
      const error = await failure(train('--data', study, '--labels', csv));
      expect(error).toMatchObject({ status: 1, code: 'DATA_DOUBTFUL' });
      expect(error.message).toContain('dark/nobody.png');
      expect(error.remedy).toContain('LABELS_FILE_MISSING');
    });

    test('without a column that is asked for, and one that does not exist', async () => {
      const csv = writeCsv(join(folder, 'plain.csv'), rows);
      const error = await failure(audit(csv, '--group-column', 'patient'));
      expect(error).toMatchObject({ status: 1, code: 'LABELS_COLUMN_MISSING' });
      expect(`${error.message} ${error.remedy}`).toContain('label');
      const nowhere = await failure(audit(join(folder, 'nowhere.csv')));
      expect(nowhere).toMatchObject({ status: 1, code: 'LABELS_NOT_READABLE' });
    });
  });

  test('a folder with classes that the model does not know', async () => {
    const other = join(folder, 'other');
    await writeStudy(other, { classes: ['dark', 'unheard-of'], patients: 2 });
    const error = await failure(['evaluate', id, '--data', other, ...workspace]);
    expect(error).toMatchObject({ status: 1, code: 'CLASSES_DIFFER' });
    expect(error.message).toContain('unheard-of');
  });

  test('nothing but unreadable files to predict', async () => {
    const error = await failure(['predict', id, join(folder, 'mixed', 'dark', 'empty.png'), ...workspace]);
    expect(error).toMatchObject({ status: 1, code: 'IMAGE_EMPTY' });
  });

  test('a folder to predict: what can be read is predicted, the rest is listed, and the status says so', async () => {
    const { output } = contract['model.predict'];
    const answer = await json(output, ['predict', id, join(folder, 'mixed'), ...workspace], 3);
    expect(answer.predictions).toHaveLength(8);
    expect(answer.problems.map(({ file }) => basename(file)).sort()).toEqual(['corrupt.png', 'cut.png', 'empty.png', 'text.png']); // prettier-ignore
    const whole = await json(output, ['predict', id, join(study, 'dark'), join(study, '*', 'p0.png'), ...workspace]);
    expect(new Set(whole.predictions.map(({ file }) => file)).size).toBe(whole.predictions.length);
    const nothing = await failure(['predict', id, join(folder, 'empty-folder-of-nothing'), ...workspace]);
    expect(nothing).toMatchObject({ status: 1 });
  });

  test('a folder that was moved is found again, if every image in it is what it was', async () => {
    const first = join(folder, 'before');
    await writeStudy(first, { patients: 4 });
    const trained = await json(contract['run.get'].output, train('--data', first, '--epochs', '1'));
    const one = ['--strategies', 'full', '--sources', 'formula-pictures', '--folds', 'fixed', '--input', '32'];
    const split = ['--epochs', '1', '--split-validation', '0.25', '--split-test', '0.25', '--batch', '8'];
    // Grouped otherwise, so that these are other data than those of the run.
    const tournament = [
      'tournament',
      '--data',
      first,
      '--group-pattern',
      '(.*)',
      '--backbone',
      'mobilenet_v2_050_keras',
      ...one,
      ...split,
    ];
    const compared = await json(contract['comparison.get'].output, [...tournament, ...workspace]);
    const [moved, changed] = [join(folder, 'after'), join(folder, 'changed')];
    cpSync(first, changed, { recursive: true });
    renameSync(first, moved);
    writeFileSync(join(changed, 'dark', 'p0.png'), readFileSync(join(moved, 'light', 'p0.png')));
    const error = await failure(['resume', trained.id, '--data', changed, ...workspace]);
    expect(error).toMatchObject({ status: 1, code: 'DATA_DIFFERS', message: expect.stringContaining('1 of the 8') });
    const nowhere = await failure(['resume', trained.id, '--data', join(folder, 'gone'), ...workspace]);
    expect(nowhere).toMatchObject({ status: 1, code: 'FOLDER_NOT_FOUND' });
    const found = await json(contract['run.get'].output, ['resume', trained.id, '--data', moved, ...workspace]);
    expect(found).toMatchObject({ id: trained.id, status: 'completed' });
    const map = await run([
      'explain',
      trained.id,
      join(moved, 'dark', 'p0.png'),
      '--out',
      join(folder, 'maps'),
      ...workspace,
    ]);
    expect(map.status, map.stderr).toBe(0);

    // The folder is that of the study too; its test images are among these.
    const noTest = await failure(['resume', compared.id, '--test-data', moved, ...workspace]);
    expect(noTest).toMatchObject({ status: 1, code: 'COMPARISON_STATE' });
    const resumed = ['resume', compared.id, '--data', moved, ...workspace];
    const study = await json(contract['comparison.get'].output, resumed);
    expect(study).toMatchObject({ id: compared.id, status: 'completed', moved: { data: moved } });
    expect(study.cells).toEqual(compared.cells);
    expect(await failure([...resumed, '--batch', '4'])).toMatchObject({ status: 1, code: 'INPUT_INVALID' });
  });

  test('no test set is a choice: the run completes, and nothing claims to have been tested', async () => {
    const trained = await json(
      contract['run.get'].output,
      train('--data', study, '--epochs', '1', '--split-test', '0'),
    );
    expect(trained).toMatchObject({ status: 'completed', test: null, split: { test: { images: 0 } } });
    const error = await failure(['evaluate', trained.id, ...workspace]);
    expect(error.message).toContain('has no test set');
    const both = await failure(train('--data', study, '--split-test', '0.6', '--split-validation', '0.6'));
    expect(both).toMatchObject({ status: 1, code: 'INPUT_INVALID' });
  });
});

describe('networks and weights', () => {
  test('a cut that does not exist: the valid ones are listed', async () => {
    const error = await failure(train('--data', study, '--cut', 'block_99_add'));
    expect(error).toMatchObject({ status: 1, code: 'CUT_UNKNOWN' });
    expect(error.details!.valid).toContain('block_9_add');
    expect(error.remedy).toContain('block_9_add');
    expect(await failure(['inspect', 'resnet18', '--cut', 'nope'])).toMatchObject({ status: 1, code: 'CUT_UNKNOWN' });
  });

  test('a backbone or a source that does not exist', async () => {
    expect(await failure(['inspect', 'resnet51'])).toMatchObject({ status: 1, code: 'BACKBONE_UNKNOWN' });
    expect(await failure(train('--data', study, '--backbone', 'unet_resnet34'))).toMatchObject({
      status: 1,
      code: 'BACKBONE_UNKNOWN',
      message: "'unet_resnet34' makes masks, and training such networks is not part of this version.",
    });
    const error = await failure(train('--data', study, '--source', 'nobody'));
    expect(error).toMatchObject({ status: 1, code: 'SOURCE_UNKNOWN' });
  });

  test('images too small for the network', async () => {
    const error = await failure(train('--data', study, '--input', '8'));
    expect(error).toMatchObject({ status: 1, code: 'INPUT_INVALID' });
    expect(error.message).toContain('--input');
  });

  test('weights for another backbone add nothing', async () => {
    const file = join(FIXTURES, 'model.h5');
    const args = ['source', 'add', file, '--backbone', 'resnet18', '--name', 'wrong', ...workspace];
    const error = await failure(args);
    expect(error).toMatchObject({ status: 1, code: 'WEIGHTS_MISMATCH' });
    const sources = await json(contract['source.list'].output, ['sources', ...workspace]);
    expect(sources.map(({ name }) => name)).not.toContain('wrong');
  });

  test('a file without weights', async () => {
    const args = ['source', 'add', join(study, 'dark', 'p0.png'), '--backbone', 'resnet18', '--name', 'x'];
    expect(await failure([...args, ...workspace])).toMatchObject({ status: 1, code: 'WEIGHTS_FORMAT_UNKNOWN' });
  });

  test('a model that is neither a run nor a readable file', async () => {
    const image = join(study, 'dark', 'p0.png');
    const unknown = await failure(['predict', 'no-such-run', image, ...workspace]);
    expect(unknown).toMatchObject({ status: 1, code: 'RUN_UNKNOWN' });
    const wrong = await failure(['predict', image, image, ...workspace]);
    expect(wrong).toMatchObject({ status: 1, code: 'MODEL_NOT_READABLE' });
  });
});

describe('runs', () => {
  test.each([['run'], ['resume'], ['evaluate']])('%s of a run that does not exist', async (command) => {
    expect(await failure([command, 'no-such-run', ...workspace])).toMatchObject({ status: 1, code: 'RUN_UNKNOWN' });
  });

  test('resume of a run that is finished', async () => {
    expect(await failure(['resume', id, ...workspace])).toMatchObject({ status: 1, code: 'RUN_STATE' });
  });
});

describe('the machine', () => {
  // Whoever comes first has the port, and the workspace.
  beforeAll(endEngine);

  test('an occupied port', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const error = await failure(['serve', '--port', String(port), ...workspace]);
    expect(error).toMatchObject({ status: 1, code: 'PORT_IN_USE' });
    expect(error.message).toContain(String(port));
    server.close();
  });

  test('a workspace that is open already: other commands join its engine, to read and to work', async () => {
    const first = start(train('--data', study, '--epochs', '400', '--early-stopping', 'none'));
    const [, id = ''] = await first.until(/^run (\S+)$/m);
    await first.until(/epoch 1 of 400/);
    const run = contract['run.get'].output;
    expect(await json(run, ['run', id, ...workspace])).toMatchObject({ id, status: 'running' });
    const second = start(train('--data', study, '--epochs', '1'));
    const [, waits = ''] = await second.until(/^run (\S+)$/m);
    await second.until(/waits for its turn/);
    expect(await json(run, ['run', waits, ...workspace])).toMatchObject({ status: 'queued' });
    expect((await json(contract['data.audit'].output, ['audit', study, ...workspace])).classes).toHaveLength(2);
    // What follows a run of another engine leaves it going when it is interrupted.
    const follower = start(['resume', id, ...workspace]);
    await follower.until(/epoch \d+ of 400/);
    follower.child.kill('SIGINT');
    const left = await follower.ended;
    expect(left.stderr).toContain(`Run ${id} continues in the engine that has the workspace open.`);
    expect(await json(run, ['stop', id, ...workspace])).toMatchObject({ id, status: 'stopped' });
    // The engine is that of the first command, which stays for the second.
    expect(await second.ended).toMatchObject({ status: 0 });
    const { status, stderr } = await first.ended;
    expect([status, stderr]).toEqual([0, expect.stringContaining('Waiting for another command that uses this engine')]);
  });

  test('a workspace that is a file', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'precious');
    expect(await failure(['runs', '--workspace', file])).toMatchObject({ status: 1, code: 'WORKSPACE_NOT_WRITABLE' });
    expect(readFileSync(file, 'utf8')).toBe('precious');
  });
});

describe('the command line itself', () => {
  test.each([
    [['infect'], /Unknown command 'infect'.*Did you mean inspect\?/],
    [['inspect', 'resnet18', '--cutt', 'x'], /Unknown option '--cutt'.*Did you mean --cut\?/],
    [['sample', ''], /A path is empty/],
    [['sample', '~nobody-of-this-name/x'], /does not know where the home folder/],
    [['inspect'], /Missing required argument 'backbone'/],
    [['train', '--backbone', 'resnet18'], /Required option '--data <dir>' not specified/],
    [
      ['train', '--data', '.', '--backbone', 'resnet18', '--epochs', 'many'],
      /--epochs must be a whole number from 1 to 10000; 'many' is not/,
    ],
    [
      ['train', '--data', '.', '--backbone', 'resnet18', '--epochs', '1.5'],
      /--epochs must be a whole number from 1 to 10000; '1.5' is not/,
    ],
    [['train', '--data', '.', '--backbone', 'resnet18', '--fit', 'squeeze'], /'--fit <how>'.*letterbox/],
    [['train', '--data', '.', '--backbone', 'resnet18', '--momentum', '0.5'], /--momentum.*--optimiser sgd/],
    [['train', '--data', '.', '--backbone', 'resnet18', '--schedule', 'step'], /--schedule-every \(missing\)/],
    [['audit', '.', '--label-column', 'x'], /--labels/],
    [['export', 'x', '--format', 'pickle', '--out', 'y'], /'--format <format>'.*onnx/],
    [['serve', '--port', '99999'], /--port must be a whole number from 0 to 65535/],
    [[], /command is missing/],
  ])('cutpoint %j', async (args, told) => {
    const error = await failure(args);
    expect(error).toMatchObject({ status: 1, code: 'INPUT_INVALID' });
    expect(`${error.message} ${error.remedy ?? ''}`).toMatch(told);
  });

  test('a command that fails leaves no empty folder for its results', async () => {
    const out = join(folder, 'maps-of-no-run');
    const error = await failure(['explain', 'no-such-run', 'x.png', '--out', out, ...workspace]);
    expect(error).toMatchObject({ status: 1, code: 'RUN_UNKNOWN' });
    expect(existsSync(out)).toBe(false);
  });

  test('--help and --version end with 0', async () => {
    const help = await run(['train', '--help']);
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toContain('cutpoint resume ID');
    expect(await run(['--version'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });
});

test('after all this the finished run is as it was', async () => {
  const runs = await json(z.array(runRow), ['runs', ...workspace]);
  expect(runs.find((each) => each.id === id)).toMatchObject({ status: 'completed' });
  expect(runs.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 6 }, () => 'completed'), 'stopped']);
});
