import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { contract } from '../../src-main/contract/index.ts';
import type { ErrorCode } from '../../src-main/contract/errors.ts';
import { folderForFile } from '../support/folder.ts';
import { failure, json, run, start } from './support/cutpoint.ts';
import { resultsOf } from './support/results.ts';
import { TINY, writeStudy } from './support/study.ts';

const runSummary = contract['run.get'].output;
const folder = folderForFile();
const study = join(folder, 'study');
const workspace = join(folder, 'workspace');
const train = (...args: string[]) => ['train', '--data', study, ...TINY, ...args, '--workspace', workspace];

// With all threads that a person's machine has, and not the one of the tests: none of them may come first by chance.
process.env.CUTPOINT_THREADS = '';

beforeAll(() => writeStudy(study));

test.each([['tensorflow'], ['wasm']])('%s: the same seed gives the same numbers, bit for bit', async (engine) => {
  const args = train('--engine', engine, '--seed', '3', '--epochs', '2');
  const runs = [await json(runSummary, args), await json(runSummary, args)];
  const [first, second] = runs.map(({ id }) => resultsOf(workspace, id));
  expect(second).toEqual(first);
  const other = await json(runSummary, train('--engine', engine, '--seed', '4', '--epochs', '1'));
  expect(other.epochs[0]!.trainLoss).not.toBe(first!.epochs[0]!.trainLoss);
});

test.each([['tensorflow'], ['wasm']])('%s: as many live tensors after epoch 5 as after epoch 2', async (engine) => {
  const { epochs } = await json(runSummary, train('--engine', engine, '--epochs', '5', '--early-stopping', 'none'));
  expect(epochs).toHaveLength(5);
  expect(epochs[4]!.liveTensors).toBe(epochs[1]!.liveTensors);
});

describe('a run that is interrupted', () => {
  const settings = ['--epochs', '6', '--early-stopping', 'none'];
  let undisturbed: ReturnType<typeof resultsOf>;
  beforeAll(async () => {
    undisturbed = resultsOf(workspace, (await json(runSummary, train(...settings))).id);
  });

  test.each([['SIGINT'], ['SIGTERM']] as const)('%s: it is kept, and resume ends as if nothing was', async (signal) => {
    const training = start(train(...settings));
    const [, id = ''] = await training.until(/^run (\S+)$/m);
    await training.until(/epoch 2 of 6/);
    training.child.kill(signal);
    const { status, stderr } = await training.ended;
    expect(status).toBe(1);
    expect(stderr).toContain(`error [CANCELLED]: Run ${id} was interrupted; its finished epochs are kept.`);
    expect(stderr).toContain(`cutpoint --workspace ${workspace} resume ${id}`);
    expect((await json(runSummary, ['run', id, '--workspace', workspace])).status).toBe('interrupted');
    const resumed = await json(runSummary, ['resume', id, '--workspace', workspace]);
    expect(resumed.status).toBe('completed');
    expect(resultsOf(workspace, id)).toEqual(undisturbed);
  });

  test('SIGSEGV of the engine, as from a native library: it is told, and resume ends as if nothing was', async () => {
    const training = start([...train(...settings), '--json']);
    const [, id = ''] = await training.until(/^run (\S+)$/m);
    await training.until(/epoch 2 of 6/);
    process.kill(Number(readFileSync(join(workspace, 'workspace.pid'), 'utf8')), 'SIGSEGV');
    const { status, stdout, stderr } = await training.ended;
    expect(status).toBe(1);
    expect(stderr).toContain('error [ENGINE_CRASHED]');
    expect(stderr).toContain('SIGSEGV');
    expect(stderr).toContain(`resume ${id}`);
    const { error } = JSON.parse(stdout) as { error: { code: ErrorCode; details: { id: string } } };
    expect(error).toMatchObject({ code: 'ENGINE_CRASHED', details: { id } });
    expect((await json(runSummary, ['resume', id, '--workspace', workspace])).status).toBe('completed');
    expect(resultsOf(workspace, id)).toEqual(undisturbed);
  });
});

test('a loss that is no longer a number ends the run with a reason, and leaves it in the list', async () => {
  const error = await failure(
    train('--lr', '10', '--weight-decay', '10', '--optimiser', 'sgd', '--epochs', '30', '--early-stopping', 'none'),
  );
  expect(error).toMatchObject({ status: 1, code: 'TRAINING_DIVERGED' });
  const failed = await json(runSummary, ['run', error.details!.id as string, '--workspace', workspace]);
  expect(failed).toMatchObject({ status: 'failed', error: { code: 'TRAINING_DIVERGED' } });
});

test('every option of the plan arrives in the run', async () => {
  const { plan } = await json(
    runSummary,
    train(
      ...['--epochs', '1', '--strategy', 'truncated', '--pooling', 'flatten', '--dropout', '0.1', '--fit', 'crop'],
      ...['--weight-decay', '0.001', '--optimiser', 'sgd', '--momentum', '0.8', '--no-nesterov', '--lr', '0.01'],
      ...['--schedule', 'step', '--schedule-every', '2', '--schedule-factor', '0.2', '--early-stopping', 'none'],
      ...['--class-weights', 'none', '--no-augment', '--rotation', '5', '--source', 'none', '--seed', '11'],
    ),
  );
  expect(plan).toMatchObject({
    pooling: 'flatten',
    dropout: 0.1,
    fit: 'crop',
    weightDecay: 0.001,
    optimiser: { kind: 'sgd', momentum: 0.8, nesterov: false },
    learningRate: 0.01,
    schedule: { kind: 'step', every: 2, factor: 0.2 },
    earlyStopping: null,
    classWeights: 'none',
    augmentation: { flipHorizontal: false, flipVertical: false, crop: 0, rotation: 5, brightness: 0 },
    source: null,
    seed: 11,
    split: { validation: 0.25, test: 0.25 },
  });
});

test('without --json what is doubtful and one line for each epoch go to standard error, and the result to standard output', async () => {
  const { status, stdout, stderr } = await run(train());
  expect(status).toBe(0);
  expect(stderr.trim().split('\n')).toEqual([
    'No --source is named, so it starts from random weights.',
    expect.stringMatching(/^run \S+$/),
    expect.stringMatching(/^warning \[NO_PATIENTS\]: /),
    expect.stringMatching(/^warning \[POSITIVE_UNCERTAIN\]: /),
    expect.stringMatching(/^epoch 1 of 2 {2}loss \d/),
    expect.stringMatching(/^epoch 2 of 2 {2}loss \d/),
  ]);
  expect(stdout).toMatch(/^Run +\S+\nStatus +completed\n/);
});
