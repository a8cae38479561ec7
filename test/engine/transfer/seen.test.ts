import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { countSeen, digestsOf, overlapWith } from '../../../src-main/engine/transfer/seen.ts';

const image = (content: string) => ({ sha256: createHash('sha256').update(content).digest('hex') });
const seenBy = (seen: Uint8Array | null) => ({ sources: { seen: () => seen } }) as never;

test('images are recognised by their content, those of the sources before among them, each kept once', () => {
  const first = digestsOf([image('a'), image('b'), image('a')]);
  expect(countSeen(first)).toBe(2);
  const both = digestsOf([image('c'), image('b')], first);
  expect(countSeen(both)).toBe(3);
  // In whatever order they came: the same bytes.
  expect(digestsOf([image('b'), image('a'), image('c')])).toEqual(both);
  expect(overlapWith(seenBy(both), 'x', [image('d'), image('a'), image('c')])).toEqual([1, 2]);
  expect(overlapWith(seenBy(digestsOf([])), 'x', [image('a')])).toEqual([]);
  expect(overlapWith(seenBy(null), 'x', [image('a')])).toBeNull();
});
