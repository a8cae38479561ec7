import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createVitest } from 'vitest/node';
import { LONG, LongFirst } from '../../scripts/checks/longFirst.ts';

const root = join(import.meta.dirname, '../..');

test('the long files are there, and come first in their group', async () => {
  expect(LONG.filter((name) => !existsSync(join(root, name)))).toEqual([]);
  const vitest = await createVitest('test', { root, watch: false });
  try {
    const files = await vitest.globTestSpecifications();
    const names = (await new LongFirst(vitest).sort(files)).map(({ moduleId }) => moduleId.slice(root.length + 1));
    const isEndToEnd = (name: string) => name.startsWith('test/e2e/');
    expect(names.map(isEndToEnd)).toEqual(names.map(isEndToEnd).toSorted());
    const [unit, endToEnd] = [names.filter((name) => !isEndToEnd(name)), names.filter(isEndToEnd)];
    const long = [LONG.filter((name) => !isEndToEnd(name)), LONG.filter(isEndToEnd)];
    expect(unit.slice(0, long[0]!.length).toSorted()).toEqual(long[0]!.toSorted());
    expect(endToEnd.slice(0, long[1]!.length).toSorted()).toEqual(long[1]!.toSorted());
  } finally {
    await vitest.close();
  }
});
