import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { contract } from '../../src-main/contract/index.ts';
import { generator } from '../../src-main/engine/random.ts';
import { folderForFile } from '../support/folder.ts';
import { LONG } from '../support/long.ts';
import { json, start } from './support/cutpoint.ts';
import { killEngine, type EnginePart } from './support/engine.ts';
import { resultsOf } from './support/results.ts';
import { TINY, writeStudy } from './support/study.ts';

/** Each part is hit once, three times by `npm run test:long`; `npm run bench:kill` goes on for longer. */
const KILLS = Number(process.env.CUTPOINT_KILLS ?? (LONG ? 9 : 3));
/** What is killed, in turn. */
const VICTIMS: EnginePart[][] = [['control'], ['compute'], ['control', 'compute']];
/** So many that training takes longer than starting an engine. */
const EPOCHS = 40;
const runSummary = contract['run.get'].output;
const folder = folderForFile();
const study = join(folder, 'study');
const workspace = join(folder, 'workspace');
const train = ['train', '--data', study, ...TINY, '--epochs', String(EPOCHS), '--early-stopping', 'none'];

let undisturbed: ReturnType<typeof resultsOf>;
/** Milliseconds from the start of the command to the first finished epoch, and for each epoch after that. */
let startUp: number;
let perEpoch: number;

beforeAll(async () => {
  await writeStudy(study);
  const calm = join(folder, 'calm');
  const since = performance.now();
  const training = start([...train, '--workspace', calm]);
  const [, id = ''] = await training.until(/^run (\S+)$/m);
  await training.until(/^epoch 1 /m);
  startUp = performance.now() - since;
  await training.ended;
  perEpoch = (performance.now() - since - startUp) / EPOCHS;
  undisturbed = resultsOf(calm, id);
});

test(`SIGKILL of control, of compute and of both at ${KILLS} random moments: each time the run resumes, and nothing differs in the end`, async () => {
  const random = generator(20261121, 'kill');
  let id = '';
  let epochs = 0;
  let kills = 0;
  let later = 0;
  let finished = 0;
  while (kills < KILLS || id) {
    const command = start([...(id ? ['resume', id] : train), '--workspace', workspace]);
    // A new run is not killed before it has a name to be resumed by.
    if (!id) id = (await command.until(/^run (\S+)$/m))[1]!;
    if (kills < KILLS) {
      // A quarter of them before training goes on, the others in or between the next epochs.
      const starting = random() < 0.25;
      const next = epochs + 1 + Math.floor(random() * 8);
      const wait = starting
        ? delay(random() * startUp)
        : command.until(new RegExp(`^epoch ${next} `, 'm')).then(() => delay(random() * 2 * perEpoch));
      const alive = await Promise.race([wait.then(() => true), command.ended.then(() => false)]).catch(() => false);
      const victims = VICTIMS[kills % VICTIMS.length]!;
      if (alive && victims.map((part) => killEngine(workspace, part)).some(Boolean)) kills++;
    }
    const { status, stderr } = await command.ended;
    const left = await json(runSummary, ['run', id, '--workspace', workspace]);
    if (status !== 0) expect(stderr).toMatch(/error \[(ENGINE|WORKER)_CRASHED\]/);
    // A kill between the end of the run and the command's farewell leaves a run with nothing to resume.
    if (status === 0 || left.status === 'completed') {
      expect(resultsOf(workspace, id)).toEqual(undisturbed);
      finished++;
      id = '';
      epochs = 0;
    } else {
      expect(left.status).toBe('interrupted');
      // No finished epoch was lost.
      expect(left.epochs.length).toBeGreaterThanOrEqual(epochs);
      epochs = left.epochs.length;
      if (epochs > 0) later++;
    }
  }
  console.log(`${kills} kills, ${later} of them after a finished epoch; ${finished} runs ended, all equal bit for bit`);
  expect(later).toBeGreaterThan(KILLS / 4);
});
