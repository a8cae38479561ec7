import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { contract } from '../../src-main/contract/index.ts';
import { folderForFile } from '../support/folder.ts';
import { put, smallPng } from '../support/pictures.ts';
import { zipped } from '../engine/weights/zipped.ts';
import { run } from './support/cutpoint.ts';

const folder = folderForFile();
const cutpoint = (...args: string[]) => run([...args, '--workspace', join(folder, 'workspace')]);

test('an archive is audited where it lies, with each page of a file in it', async () => {
  const pages = async (first: number): Promise<Buffer> =>
    sharp(await Promise.all([0, 1, 2].map((page) => smallPng(first + page))), { join: { animated: true } }).tiff().toBuffer(); // prettier-ignore
  const archive = put(
    folder,
    'study.zip',
    zipped([
      ...[{ name: 'A/0.png', contents: await smallPng(0), deflated: true }, { name: 'A/1.tif', contents: await pages(1) }],
      ...[{ name: 'B/2.tif', contents: await pages(10), deflated: true }, { name: 'B/broken.png', contents: Buffer.from('x') }],
      { name: 'labels.csv', contents: Buffer.from('file,label,patient_id\n0.png,x,P1\n1.tif,y,P1\n2.tif,y,P2\n'), deflated: true },
    ]),
  ); // prettier-ignore
  const audit = await cutpoint('audit', archive, '--frames', 'each');
  expect(audit.status).toBe(1);
  expect(audit.stdout).toMatch(/Images +7 usable of 4 files/);
  expect(audit.stdout).toMatch(/Frames +6 in 2 files: each is an image/);
  expect(audit.stdout).toContain('B/broken.png: ');
  expect(audit.stdout).toMatch(/A +4 *\n *B +3/);
  const { stdout } = await cutpoint('audit', archive, '--labels', 'labels.csv', '--json');
  const report = contract['data.audit'].output.parse(JSON.parse(stdout));
  expect(report).toMatchObject({ images: 3, groups: 2, groupSource: 'csv', frames: { files: 2, frames: 6, each: false } }); // prettier-ignore
  const page = await cutpoint('pixels', join(archive, 'A/1.tif/frame 00002'));
  expect([page.status, page.stdout]).toEqual([0, expect.stringMatching(/Frames +3/)]);
});
