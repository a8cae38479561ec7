import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Client } from '../../src-main/contract/index.ts';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import type { RunEvent, RunSummary } from '../../src-main/contract/run.ts';
import type { Numbered } from '../../src-main/contract/stream.ts';
import { connect } from '../../src-main/rpc/client.ts';
import { takeUp } from '../../src-main/rpc/takeUp.ts';
import { folderForFile } from '../support/folder.ts';
import { openSession, windowSocket, windowTransport, type WebSession } from '../support/webSession.ts';
import { start, type Running } from './support/cutpoint.ts';
import { killEngine } from './support/engine.ts';
import { writeStudy } from './support/study.ts';

const folder = folderForFile();
const study = join(folder, 'study');
const workspace = join(folder, 'workspace');

beforeAll(() => writeStudy(study));

const EPOCHS = 40;

/** Trains for some seconds in small epochs. */
const longPlan = (epochs = EPOCHS) =>
  trainingPlan.parse({
    data: { folder: study },
    backbone: 'mobilenet_v2_keras',
    cut: 'block_1_project_BN',
    input: 32,
    epochs,
    earlyStopping: null,
    split: { validation: 0.25, test: 0.25 },
  });

/** `cutpoint serve`, and a window's connection to it. */
async function open(): Promise<{ serving: Running; session: WebSession; client: Client; states: string[] }> {
  const serving = start(['serve', '--port', '0', '--json', '--workspace', workspace]);
  onTestFinished(() => void serving.child.kill('SIGKILL'));
  await serving.until(/\}\s*$/);
  const [link = ''] = await serving.until(/http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/);
  const states: string[] = [];
  const session = await openSession(link);
  const client = connect(windowTransport(session), { onNotice: ({ state }) => states.push(state) });
  onTestFinished(() => client.close());
  return { serving, session, client, states };
}

test('a crash of what computes ends the run with a sentence; the window keeps its connection, and the run resumes', async () => {
  const { serving, client, states } = await open();
  const { id } = await client.call('run.start', longPlan());
  let killed = 0;
  const ended = await client.call(
    'run.watch',
    { id },
    {
      onProgress(event) {
        if (event.kind !== 'epoch' || event.record.epoch !== 2 || killed > 0) return;
        killed = performance.now();
        killEngine(workspace, 'compute');
      },
    },
  );
  expect(ended).toMatchObject({
    status: 'interrupted',
    error: { code: 'WORKER_CRASHED', message: expect.stringContaining('SIGKILL') },
  });
  expect(ended.epochs.length).toBeGreaterThanOrEqual(2);
  expect(performance.now() - killed).toBeLessThan(5000);
  expect(states).not.toContain('crashed');
  // Whoever reads files may be killed too, in the middle of it: that call ends with a sentence, the next one works.
  const audit = client.call('data.audit', { folder: study });
  await expect.poll(() => killEngine(workspace, 'files'), { timeout: 10_000, interval: 5 }).toBe(true);
  const outcome = await audit.catch((error: unknown) => error);
  if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'WORKER_CRASHED' });
  expect((await client.call('data.audit', { folder: study })).classes.length).toBeGreaterThan(1);
  await client.call('run.resume', { id });
  const finished = await client.call('run.watch', { id });
  expect(finished).toMatchObject({ status: 'completed', error: null });
  expect(finished.epochs).toHaveLength(EPOCHS);
  expect(states).not.toContain('crashed');
  serving.child.kill('SIGINT');
  expect(await serving.ended).toMatchObject({ status: 0 });
});

test('a crash of the engine is told to the window, the engine starts again, and the run resumes', async () => {
  const { serving, client, states } = await open();
  const { id } = await client.call('run.start', longPlan());
  const stages: string[] = [];
  const crash = client.call(
    'run.watch',
    { id },
    {
      onProgress(event) {
        if (event.kind === 'stage') stages.push(event.stage);
        if (event.kind !== 'epoch' || event.record.epoch !== 2) return;
        process.kill(Number(readFileSync(join(workspace, 'workspace.pid'), 'utf8')), 'SIGSEGV');
      },
    },
  );
  await expect(crash).rejects.toMatchObject({ code: 'ENGINE_CRASHED', message: expect.stringContaining('SIGSEGV') });
  // Each epoch trains, then validates: whoever watches is not told that it still validates.
  expect(stages.slice(stages.indexOf('validating')).slice(0, 3)).toEqual(['validating', 'training', 'validating']);
  // A call made while the engine starts again waits for it.
  const interrupted = await client.call('run.get', { id });
  expect(interrupted.status).toBe('interrupted');
  expect(interrupted.epochs.length).toBeGreaterThanOrEqual(2);
  expect(states).toEqual(expect.arrayContaining(['crashed', 'ready']));
  await client.call('run.resume', { id });
  const finished = await client.call('run.watch', { id });
  expect(finished.status).toBe('completed');
  expect(finished.epochs).toHaveLength(EPOCHS);
  serving.child.kill('SIGINT');
  expect(await serving.ended).toMatchObject({ status: 0, stderr: '' });
});

test('a window whose socket breaks off again and again hears of a run what one hears that stays, each event once', async () => {
  const { serving, session, client } = await open();
  const { id } = await client.call('run.start', longPlan(60));
  const stayed: Numbered<RunEvent>[] = [];
  const watched = client.call('run.watch', { id }, { onProgress: (event) => stayed.push(event) });
  const heard: Numbered<RunEvent>[] = [];
  let losses = 0;
  const again = () => {
    const socket = windowSocket(session);
    return { socket, client: connect(windowTransport(session, socket)) };
  };
  let other = again();
  const ended = await takeUp<RunEvent, RunSummary>(
    (after, onProgress) => other.client.call('run.watch', { id, after }, { onProgress }),
    (event) => {
      heard.push(event);
      // Some events are under way then, and some come before the next socket.
      if (losses < 8 && heard.length % 12 === 0) other.socket.terminate();
    },
    async () => {
      losses++;
      await new Promise((resolve) => setTimeout(resolve, 50));
      other = again();
    },
  );
  expect(losses).toBe(8);
  expect(ended.status).toBe('completed');
  expect((await watched).epochs).toHaveLength(60);
  // The picture at the beginning of each differs; of what came after it, every event is in both, in order.
  const numbers = heard.flatMap((event) => (event.id === undefined ? [] : [Number(event.id.split('-')[1])]));
  expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index));
  const first = stayed.findIndex((event) => event.id === heard.find((each) => each.id !== undefined)!.id);
  expect(heard.slice(heard.findIndex((event) => event.id !== undefined) + 1)).toEqual(stayed.slice(first + 1));
  expect(numbers.length).toBeGreaterThan(100);
  other.client.close();
  serving.child.kill('SIGINT');
  expect(await serving.ended).toMatchObject({ status: 0 });
});
