import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { forkEngine } from '../../src-main/engine/host/engineProcess.ts';
import { temporaryFolder } from '../support/folder.ts';

const ENTRY = join(import.meta.dirname, 'fixtures/engine.ts');

// Time stands still: what only comes after a pause does not come.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }));
afterEach(() => void vi.useRealTimers());

test.each([
  ['that was let go', ({ transport }: ReturnType<typeof forkEngine>) => transport.close(), { code: 0, signal: null }],
  ['that was killed', ({ kill }: ReturnType<typeof forkEngine>) => void kill(), { code: null, signal: 'SIGKILL' }],
])('the end of an engine %s is told with no pause after it', async (_, end, exit) => {
  const engine = forkEngine(temporaryFolder(), ENTRY);
  for (const output of engine.output) output.resume();
  await new Promise<void>((ready) => engine.transport.listen({ message: () => ready(), closed: () => {} }));
  end(engine);
  expect(await engine.exited).toEqual(exit);
});
