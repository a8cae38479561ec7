import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { droppedFiles } from '../../src-main/web/dropped.ts';
import { openBrowser } from '../../src-main/web/openBrowser.ts';

let workspace: string;
beforeAll(async () => void (workspace = await mkdtemp(join(tmpdir(), 'cutpoint-dropped-'))));
afterAll(() => rm(workspace, { recursive: true }));

const body = (bytes: number) => Readable.from([Buffer.alloc(bytes)]) as IncomingMessage;

it('limits a file and the whole of a drop, and leaves nothing of what was too large', async () => {
  const dropped = droppedFiles(workspace, { file: 1000, drop: 1500 });
  await expect(dropped.store('drop-one', 'large.png', body(1001))).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
  expect(existsSync(join(workspace, 'dropped/drop-one/large.png'))).toBe(false);
  await dropped.store('drop-two', 'a.png', body(900));
  await expect(dropped.store('drop-two', 'b.png', body(900))).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
  await dropped.store('drop-three', 'b.png', body(900));
});

it('never fails to open a browser where there is none', async () => {
  openBrowser('http://127.0.0.1:1/', 'linux', {});
  openBrowser('http://127.0.0.1:1/', 'darwin', {});
  await new Promise((resolve) => setTimeout(resolve, 100));
});
