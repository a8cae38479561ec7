import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ChangeEvent } from '../../../src-main/contract/changes.ts';
import type { Numbered } from '../../../src-main/contract/stream.ts';
import { Changes } from '../../../src-main/engine/jobs/changes.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const run = (id: string) => ({ kind: 'run' as const, id });

function follow(changes: Changes, after?: string) {
  const heard: Numbered<ChangeEvent>[] = [];
  const abort = new AbortController();
  void changes.follow((event) => heard.push(event), { signal: abort.signal, after });
  return { heard, leave: () => abort.abort(), told: () => heard.map(({ kind, ids }) => [kind, ...ids].join(' ')) };
}

it('begins with everything, as who begins knows nothing', () => {
  expect(follow(new Changes()).told()).toEqual(['all']);
});

it('many changes within a moment are one of each kind', () => {
  const changes = new Changes();
  const { told } = follow(changes);
  for (let i = 0; i < 500; i++) changes.note([run(i % 2 === 0 ? 'a' : 'b')]);
  changes.note([{ kind: 'comparison', id: 's' }]);
  vi.advanceTimersByTime(1000);
  expect(told()).toEqual(['all', 'run a b', 'comparison s']);
  changes.note([run('c')]);
  vi.advanceTimersByTime(1000);
  expect(told()).toEqual(['all', 'run a b', 'comparison s', 'run c']);
});

it('any of a kind is more than some of it, whichever comes first', () => {
  const changes = new Changes();
  const { told } = follow(changes);
  changes.note([
    { kind: 'export', id: 'a' },
    { kind: 'export', id: null },
    { kind: 'export', id: 'b' },
  ]);
  vi.advanceTimersByTime(1000);
  expect(told()).toEqual(['all', 'export']);
});

it('who comes back hears what was missed; of another life, everything', () => {
  const changes = new Changes();
  const { heard, leave } = follow(changes);
  leave();
  changes.note([run('a')]);
  vi.advanceTimersByTime(1000);
  expect(follow(changes, heard[0]!.id).told()).toEqual(['run a']);
  expect(follow(new Changes(), heard[0]!.id).told()).toEqual(['all']);
});

it('a store that nothing happens to keeps nothing waiting', () => {
  const changes = new Changes();
  changes.note([]);
  expect(vi.getTimerCount()).toBe(0);
});
