import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { walkFolder } from '../../../src-main/engine/data/walk.ts';
import { temporaryFolder } from '../../support/folder.ts';

it.skipIf(process.platform !== 'linux')(
  'what cannot be read as a file or a folder is listed, and the rest goes on',
  async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'a'));
    writeFileSync(join(folder, 'a', 'x.png'), 'x');
    // A name in another encoding, which no text stands for.
    mkdirSync(Buffer.concat([Buffer.from(`${folder}/b`), Buffer.of(0xff)]));
    symlinkSync('/dev/zero', join(folder, 'a', 'zero.png'));
    symlinkSync('/dev/zero', join(folder, 'zero.csv'));
    symlinkSync('..', join(folder, 'a', 'up'));
    const server = createServer().listen(join(folder, 's.png'));
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));

    const { files, tables, problems } = await walkFolder(folder);
    expect([files, tables]).toEqual([['a/x.png'], []]);
    expect(problems.map(({ file, code }) => [file, code])).toEqual([
      ['a/zero.png', 'FILE_NOT_READABLE'],
      ['b\ufffd', 'FOLDER_NOT_READABLE'],
      ['s.png', 'FILE_NOT_READABLE'],
    ]);
    expect(problems[0]!.message).toContain('a pipe, a socket or a device');
  },
);

it('the folder itself that is not there has its own error', async () => {
  await expect(walkFolder(join(temporaryFolder(), 'none'))).rejects.toMatchObject({ code: 'FOLDER_NOT_FOUND' });
});
