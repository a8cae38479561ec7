import { Writable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import type { Handlers } from '../../src-main/contract/index.ts';
import type { RunEvent, RunSummary } from '../../src-main/contract/run.ts';
import { follow } from '../../src-main/cli/follow.ts';
import { joined, joinedSoon } from '../../src-main/cli/joined.ts';
import { createOutput } from '../../src-main/cli/output.ts';
import { openDoor } from '../../src-main/engine/host/door.ts';
import { Followers } from '../../src-main/engine/jobs/followers.ts';
import { temporaryFolder } from '../support/folder.ts';
import { epochOf, runOf } from '../support/runsEngine.ts';

const run = runOf('r1', { status: 'running' });
const epoch = (number: number): RunEvent => ({ kind: 'epoch', record: epochOf(number), bestEpoch: number });

/** An engine whose door can be shut; what goes on in it is another matter. */
async function engine() {
  const workspace = temporaryFolder();
  const over = Promise.withResolvers<RunSummary['status']>();
  const state = { followers: new Followers<RunEvent>(), stored: [] as RunEvent[] };
  let following = 0;
  const handlers = {
    'run.watch': async ({ after }, { signal, progress }) => {
      following++;
      await state.followers.follow(progress, { ended: over.promise, signal, after, picture: () => state.stored });
      following--;
      return { ...run, status: await over.promise };
    },
  } satisfies Partial<Handlers>;
  const open = () => openDoor(workspace, handlers as unknown as Handlers);
  let door = await open();
  onTestFinished(() => door.close());
  return {
    workspace,
    state,
    end: over.resolve,
    listened: (is: boolean) => expect.poll(() => following > 0).toBe(is),
    async breakOff() {
      await door.close();
      await expect.poll(() => following).toBe(0);
      door = { ...door, close: () => Promise.resolve() };
    },
    async open() {
      door = await open();
    },
  };
}

async function session(workspace: string, patience?: number) {
  let text = '';
  const err = new Writable({ write: (chunk, _, done) => ((text += String(chunk)), done()) });
  const found = await joined(workspace, { patience });
  const { signal } = new AbortController();
  const output = createOutput({ json: false, err });
  onTestFinished(() => found!.close());
  return { session: { ...found!, output, signal, workspace }, epochs: () => text.match(/^epoch \d+/gm) };
}

test('who joined an engine follows on when the connection was lost, with every epoch once', async () => {
  const { workspace, state, end, listened, breakOff, open } = await engine();
  const { session: joint, epochs } = await session(workspace);
  const following = follow(joint, run);
  await listened(true);
  for (const number of [1, 2]) state.followers.tell(epoch(number));
  await expect.poll(epochs).toHaveLength(2);
  await breakOff();
  for (const number of [3, 4]) state.followers.tell(epoch(number));
  await open();
  await listened(true);
  state.followers.tell(epoch(5));
  await expect.poll(epochs).toHaveLength(5);
  end('completed');
  expect(await following).toMatchObject({ id: 'r1', status: 'completed' });
  expect(epochs()).toEqual(['epoch 1', 'epoch 2', 'epoch 3', 'epoch 4', 'epoch 5']);
});

test('an engine that was started again tells all that is stored; what was shown is not shown again', async () => {
  const { workspace, state, end, listened, breakOff, open } = await engine();
  const { session: joint, epochs } = await session(workspace);
  const following = follow(joint, run);
  await listened(true);
  for (const number of [1, 2]) state.followers.tell(epoch(number));
  await expect.poll(epochs).toHaveLength(2);
  await breakOff();
  state.followers = new Followers();
  state.stored = [1, 2, 3].map(epoch);
  await open();
  await expect.poll(epochs).toHaveLength(3);
  end('interrupted');
  await expect(following).rejects.toMatchObject({
    code: 'RUN_STATE',
    message: 'Run r1 is interrupted.',
    remedy: expect.stringContaining('resume r1'),
  });
  expect(epochs()).toEqual(['epoch 1', 'epoch 2', 'epoch 3']);
});

test('an engine that does not come back is said to be lost, with the way on', async () => {
  const { workspace, listened, breakOff } = await engine();
  const { session: joint } = await session(workspace, 400);
  const following = follow(joint, run);
  await listened(true);
  const lost = expect(following).rejects.toMatchObject({
    code: 'CONNECTION_LOST',
    remedy: expect.stringContaining('resume r1'),
    details: { id: 'r1' },
  });
  await breakOff();
  await lost;
});

test('an engine that is still starting is joined once it can be, and not waited for longer', async () => {
  const { workspace, breakOff, open } = await engine();
  await breakOff();
  const { signal } = new AbortController();
  expect(await joinedSoon(workspace, signal, 300)).toBeNull();
  const joining = joinedSoon(workspace, signal);
  await open();
  const found = await joining;
  expect(found?.joined).toBe(true);
  await found?.close();
});
