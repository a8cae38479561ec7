import { expect, it } from 'vitest';
import { once, type Numbered } from '../../../src-main/contract/stream.ts';
import { Followers } from '../../../src-main/engine/jobs/followers.ts';

type Event = { kind: 'stored' | 'now' | 'step'; value: number };
const step = (value: number): Event => ({ kind: 'step', value });

/** Follows for as long as the test does not leave. */
function follow(followers: Followers<Event>, after?: string, picture: readonly Event[] = []) {
  const heard: Numbered<Event>[] = [];
  const abort = new AbortController();
  void followers.follow((event) => heard.push(event), { signal: abort.signal, after, picture: () => picture });
  return {
    heard,
    leave: () => abort.abort(),
    values: () => heard.map(({ kind, value }) => `${kind} ${value}`),
  };
}

it('who comes back hears what was missed, without a gap or an event twice', async () => {
  const followers = new Followers<Event>();
  const values: number[] = [];
  let after: string | undefined;
  let told = 0;
  for (let round = 0; round < 20; round++) {
    const { heard, leave } = follow(followers, after);
    for (let i = 0; i < round % 4; i++) followers.tell(step(told++));
    leave();
    for (let i = 0; i < 3; i++) followers.tell(step(told++));
    values.push(...heard.map(({ value }) => value));
    after = heard.at(-1)?.id ?? after;
  }
  values.push(...follow(followers, after).heard.map(({ value }) => value));
  // Nothing was told before somebody first heard: the first round tells no one anything.
  expect(values).toEqual(Array.from({ length: told - 3 }, (_, value) => value + 3));
});

it('who begins has the whole picture, and can go on from its end only', () => {
  const followers = new Followers<Event>();
  followers.tell(step(1));
  followers.tell({ kind: 'now', value: 2 }, 'now');
  followers.tell({ kind: 'now', value: 3 }, 'now');
  followers.tell({ kind: 'now', value: 4 }, 'gone');
  followers.forget('gone');
  const first = follow(followers, undefined, [{ kind: 'stored', value: 0 }]);
  expect(first.values()).toEqual(['stored 0', 'now 3']);
  expect(first.heard.map(({ id }) => id !== undefined)).toEqual([false, true]);
  const second = follow(followers, first.heard.at(-1)!.id, [{ kind: 'stored', value: 0 }]);
  expect(second.values()).toEqual([]);
  followers.tell(step(5));
  expect(second.values()).toEqual(['step 5']);
});

it('keeps the latest events only: who missed more has the whole picture again', () => {
  const followers = new Followers<Event>({ kept: 3 });
  const { heard } = follow(followers);
  for (let value = 1; value <= 5; value++) followers.tell(step(value));
  expect(follow(followers, heard[1]!.id, [{ kind: 'stored', value: 0 }]).values()).toEqual([
    'step 3',
    'step 4',
    'step 5',
  ]);
  expect(follow(followers, heard[0]!.id, [{ kind: 'stored', value: 0 }]).values()).toEqual(['stored 0']);
});

it('does not take the number of another life, nor one that it never gave, for its own', () => {
  const [before, now] = [new Followers<Event>(), new Followers<Event>()];
  const { heard } = follow(before);
  for (let value = 1; value <= 3; value++) {
    before.tell(step(value));
    now.tell(step(value));
  }
  const life = heard[0]!.id!.replace(/-1$/, '');
  const picture: Event[] = [{ kind: 'stored', value: 0 }];
  expect(follow(now, heard[1]!.id, picture).values()).toEqual(['stored 0']);
  for (const unknown of ['', '-', '2', `${life}-4`, `${life}--1`, `${life}-`, `${life}-x`])
    expect(follow(before, unknown, picture).values(), unknown).toEqual(['stored 0']);
});

it('ends with what it follows, and tells who left nothing more', async () => {
  const followers = new Followers<Event>();
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const heard: Event[] = [];
  const { signal } = new AbortController();
  const following = followers.follow((event) => heard.push(event), { ended, signal });
  const other = follow(followers);
  other.leave();
  followers.tell(step(1));
  resolve();
  await following;
  followers.tell(step(2));
  expect(heard.map(({ value }) => value)).toEqual([1]);
  expect(other.values()).toEqual([]);
});

it('what may come again is told once, whatever its place; everything else as often as it comes', () => {
  const told: number[] = [];
  const tell = once<Event>(
    ({ value }) => told.push(value),
    ({ kind }) => kind === 'stored',
  );
  tell({ kind: 'stored', value: 1, id: 'a-1' });
  tell({ kind: 'stored', value: 1 });
  tell({ kind: 'stored', value: 2 });
  tell(step(3));
  tell(step(3));
  expect(told).toEqual([1, 2, 3, 3]);
});
