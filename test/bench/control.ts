// `npm run bench:control [-- seconds]`: how soon the engine answers from its store (median, 95 % and longest, milliseconds)
// while it is idle, while ResNet-50 trains at 224 px with batches of 16, while 20,000 files are audited, while two networks
// are compared, and while a pattern is tried that never ends. A real engine with its processes, asked ten times a second.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import sharp from 'sharp';
import type { Client } from '../../src-main/contract/index.ts';
import type { TrainingPlanInput } from '../../src-main/contract/plan.ts';
import { forkEngine } from '../../src-main/engine/host/engineProcess.ts';
import { superviseEngine } from '../../src-main/engine/host/supervisor.ts';
import { generator } from '../../src-main/engine/random.ts';

const SECONDS = Number(process.argv[2] ?? 30);
const FILES = 20_000;
const MOST = 50;
const folder = mkdtempSync(join(tmpdir(), 'cutpoint-bench-'));
const workspace = join(folder, 'workspace');

/** Every method that answers from the store. */
const QUESTIONS: readonly ((client: Client, run: string) => Promise<unknown>)[] = [
  (client) => client.call('run.list', {}),
  (client, run) => client.call('run.get', { id: run }),
  (client) => client.call('comparison.list', {}),
  (client) => client.call('source.list', {}),
  (client) => client.call('catalogue.list', {}),
  (client, run) => client.call('model.exports', { id: run }),
  (client) => client.call('storage.datasets', {}),
  (client) => client.call('storage.damaged', {}),
  (client) => client.call('job.list', {}),
];

async function pictures(into: string, files: number, size: number): Promise<void> {
  const random = generator('bench', 'control');
  const kinds = await Promise.all(
    ['dark', 'light'].flatMap((label, shade) =>
      Array.from({ length: 8 }, async () => {
        const bytes = Uint8Array.from({ length: size * size }, () => Math.floor(100 * random() + 120 * shade));
        const raw = { width: size, height: size, channels: 1 as const };
        return { label, png: await sharp(bytes, { raw }).png().toBuffer() };
      }),
    ),
  );
  for (const label of ['dark', 'light']) mkdirSync(join(into, label), { recursive: true });
  for (let file = 0; file < files; file++) {
    const { label, png } = kinds[file % kinds.length]!;
    // Unequal contents: a trailing chunk of text is part of no picture.
    writeFileSync(join(into, label, `p${file}_1.png`), Buffer.concat([png, Buffer.from(String(file))]));
  }
}

/** Milliseconds of every answer until `until` is settled, at the longest SECONDS, whatever comes first. */
async function ask(client: Client, run: string, until: Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  let over = false;
  void until.catch(() => undefined).finally(() => (over = true));
  const end = performance.now() + 1000 * SECONDS;
  for (let turn = 0; !over && performance.now() < end; turn++) {
    const question = QUESTIONS[turn % QUESTIONS.length]!;
    const since = performance.now();
    await question(client, run);
    times.push(performance.now() - since);
    await delay(100 - Math.min(100, performance.now() - since));
  }
  return times;
}

let missed = false;
function row(name: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  missed ||= at(0.95) > MOST;
  const numbers = [sorted.length, at(0.5), at(0.95), sorted.at(-1)!].map((value) => value.toFixed(0).padStart(7));
  console.log(`| ${name.padEnd(44)} | ${numbers.join(' | ')} |`);
}

const supervisor = superviseEngine({ workspace, spawn: forkEngine });
try {
  const { client } = supervisor;
  const [small, many] = [join(folder, 'small'), join(folder, 'many')];
  await pictures(small, 96, 224);
  await pictures(many, FILES, 64);
  const plan: TrainingPlanInput = {
    data: { folder: small, groupPattern: '(p\\d+)_' },
    backbone: 'resnet50',
    strategy: 'full',
    input: 224,
    batch: 16,
    split: { validation: 0.1, test: 0.1 },
    earlyStopping: null,
    accept: ['all'],
  };
  const short = await client.call('run.start', { ...plan, backbone: 'mobilenet_v2', input: 64, epochs: 2 });
  await client.call('run.watch', { id: short.id });

  console.log(`| ${'while'.padEnd(44)} | answers |  median |    95 % | longest |`);
  console.log(`| ${'-'.repeat(44)} | ------: | ------: | ------: | ------: |`);
  row('nothing else goes on', await ask(client, short.id, new Promise(() => {})));

  const training = await client.call('run.start', { ...plan, epochs: 1000 });
  let steps = 0;
  const watching = client.call(
    'run.watch',
    { id: training.id },
    { onProgress: (event) => void (steps += Number(event.kind === 'step')) },
  );
  watching.catch(() => undefined);
  while (steps < 2) await delay(100);
  row('ResNet-50 trains (224 px, batches of 16)', await ask(client, short.id, watching));
  const audit = client.call('data.audit', { folder: many, groupPattern: '(p\\d+)_' });
  row('… and 20,000 files are audited', await ask(client, short.id, audit));
  await audit.catch(() => undefined);
  await client.call('run.stop', { id: training.id });

  const alone = client.call('data.audit', { folder: many, groupPattern: '(p\\d+)_', again: true });
  row('20,000 files are audited', await ask(client, short.id, alone));
  await alone;
  const similarity = client.call('similarity.compare', {
    a: { kind: 'run', run: short.id, at: 'initial' },
    b: { kind: 'run', run: short.id, at: 'best' },
    pairs: 'matrix',
  });
  row('two networks are compared', await ask(client, short.id, similarity));
  await similarity;
  const bad = client.call('data.audit', { folder: many, groupPattern: '^(.+)+X$' });
  row('a pattern is tried that never ends', await ask(client, short.id, bad));
  await bad.catch((error: unknown) => console.log(`(it ended with: ${(error as Error).message})`));
} finally {
  await supervisor.close();
  rmSync(folder, { recursive: true, force: true });
}
if (missed) {
  console.log(`Not every 95 % is below ${MOST} ms.`);
  process.exitCode = 1;
}
