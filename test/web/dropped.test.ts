import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { scanDataset } from '../../src-main/engine/data/scan.ts';
import { droppedFiles } from '../../src-main/web/dropped.ts';
import { openBrowser } from '../../src-main/web/openBrowser.ts';
import { smallPng } from '../support/pictures.ts';

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

it('what was dropped and damaged afterwards is told by the audit, and not used', async () => {
  const dropped = droppedFiles(workspace);
  const pictures = await Promise.all([1, 2, 3, 4].map((seed) => smallPng(seed)));
  for (const [index, png] of pictures.entries())
    await dropped.store('drop-four', `${index % 2 ? 'b' : 'a'}/${index}.png`, Readable.from([png]) as IncomingMessage);
  const folder = await dropped.folder('drop-four');
  expect((await scanDataset({ folder }, { salt: '' })).images).toHaveLength(4);
  // Another picture, whole in itself.
  await writeFile(join(folder, 'a/2.png'), pictures[3]!);
  const { images, report } = await scanDataset({ folder }, { salt: '' });
  expect(images.map(({ file }) => file)).toEqual(['a/0.png', 'b/1.png', 'b/3.png']);
  expect(report.problems).toEqual([
    { file: 'a/2.png', code: 'IMAGE_CORRUPT', message: expect.stringContaining('not what was dropped') },
  ]);
  const table = 'file,label\na/0.png,x\nb/1.png,y\n';
  await dropped.store('drop-four', 'labels.csv', Readable.from([Buffer.from(table)]) as IncomingMessage);
  await writeFile(join(folder, 'labels.csv'), table.replace('x', 'y'));
  const labels = { csv: join(folder, 'labels.csv'), fileColumn: 'file', labelColumn: 'label' };
  await expect(scanDataset({ folder, labels }, { salt: '' })).rejects.toMatchObject({
    code: 'FILE_NOT_READABLE',
    message: expect.stringContaining('labels.csv'),
  });
});

it('never fails to open a browser where there is none', async () => {
  openBrowser('http://127.0.0.1:1/', 'linux', {});
  openBrowser('http://127.0.0.1:1/', 'darwin', {});
  await new Promise((resolve) => setTimeout(resolve, 100));
});
