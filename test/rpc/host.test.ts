import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEngineLog } from '../../src-main/engine/host/engineLog.ts';
import { withoutPaths } from '../../src-main/engine/host/withoutPaths.ts';

describe('the engine log', () => {
  const here = import.meta.filename;

  it.each([
    [
      "Error: ENOENT: no such file or directory, open '/data/DOE JANE/1.dcm'",
      'Error: ENOENT: no such file or directory, open <path>',
    ],
    ['cannot read /data/DOE JANE/1.dcm: no such file', 'cannot read <path>: no such file'],
    ['cannot read C:\\Patients\\Doe\\1.dcm', 'cannot read <path>'],
    [`    at open (file://${here}:12:3)`, '    at open (file:///test/rpc/host.test.ts:12:3)'],
    ['at import (file:///data/DOE JANE/x.mjs:12:3)', 'at import (<path>)'],
    ['step 3/8 at 12.5 images/s, loss 0.2', 'step 3/8 at 12.5 images/s, loss 0.2'],
  ])('masks paths of data: %s', (line, masked) => {
    expect(withoutPaths(line)).toBe(masked);
  });

  it('keeps three files of at most 1 MB and the last 20 lines in memory', async () => {
    const workspace = await mkdtemp(join(tmpdir(), 'cutpoint-log-'));
    const log = openEngineLog(workspace);
    const long = 'x'.repeat(100_000);
    for (let i = 0; i < 45; i++) log.write(`${i} ${long}`);
    const folder = join(workspace, 'logs');
    expect((await readdir(folder)).sort()).toEqual(['engine.1.log', 'engine.2.log', 'engine.log']);
    for (const name of await readdir(folder)) expect((await stat(join(folder, name))).size).toBeLessThanOrEqual(1e6);
    expect(log.lastLines()).toHaveLength(20);
    expect(log.lastLines().at(-1)).toContain(' 44 x');
    await rm(workspace, { recursive: true });
  });

  it('does not stop the engine where it cannot be written', () => {
    const log = openEngineLog(join(here, 'below a file'));
    expect(() => log.write('line')).not.toThrow();
    expect(log.lastLines()).toHaveLength(1);
  });
});
