// @vitest-environment happy-dom
import { defineStore } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { ref } from 'vue';
import { z } from 'zod';
import type { Handlers } from '../../src-main/contract/index.ts';
import type { StudyDetails } from '../../src-main/contract/study.ts';
import { keepDraft } from '../../src-renderer/features/study/draft.ts';
import { useStudy } from '../../src-renderer/features/study/studyStore.ts';
import { arrived, connectTo, later, windowWith } from '../support/windowClient.ts';

const studyOf = (id: string, draft: Record<string, unknown> = {}): StudyDetails => ({
  ...{ id, name: id, createdAt: '2026-01-01T00:00:00Z', openedAt: '2026-01-01T00:00:00Z', folder: null, data: null },
  ...{ runs: 0, comparisons: 0, best: null, verdict: null, testLooks: 0, active: [], selection: null, draft, note: '' },
  ...{ runIds: [], comparisonIds: [], jobIds: [], exportIds: [] },
});

/** A room with one field, as stores are. */
const useRoom = defineStore('room', () => {
  const text = ref('');
  keepDraft('room', z.string(), () => text.value, (kept) => (text.value = kept ?? 'as nobody typed')); // prettier-ignore
  return { text };
});

let studies: Map<string, StudyDetails>;
let asked: unknown[];
const handlers: Partial<Handlers> = {
  'study.get': ({ id }) => studies.get(id)!,
  'study.open': ({ id }) => studies.get(id)!,
  'study.edit': ({ id, draft }) => {
    asked.push([id, draft]);
    const study = studies.get(id)!;
    studies.set(id, { ...study, draft: { ...study.draft, ...draft } });
    return studies.get(id)!;
  },
};
beforeEach(() => {
  studies = new Map([studyOf('a'), studyOf('b', { room: 'of b' })].map((study) => [study.id, study]));
  asked = [];
  windowWith(handlers);
});

describe('what is typed in a room', () => {
  it('is kept with the study once the keys rest, and is there for the next window', async () => {
    const room = useRoom();
    await useStudy().open('a');
    expect(room.text).toBe('as nobody typed');
    for (const text of ['h', 'ha', 'half a sent']) room.text = text;
    await expect.poll(() => asked).toEqual([['a', { room: 'half a sent' }]]);

    windowWith(handlers);
    const next = useRoom();
    await useStudy().open('a');
    expect(next.text).toBe('half a sent');
    expect(asked).toHaveLength(1);
  });

  it('belongs to its study: another one brings its own, and what was typed last is not lost by it', async () => {
    const room = useRoom();
    await useStudy().open('a');
    room.text = 'typed just now';
    await useStudy().open('b');
    expect(room.text).toBe('of b');
    await expect.poll(() => asked).toEqual([['a', { room: 'typed just now' }]]);
    await useStudy().open('a');
    expect(room.text).toBe('typed just now');
  });

  it('follows what another window typed, unless something is being typed here', async () => {
    const room = useRoom();
    const study = useStudy();
    await study.open('a');
    const other = async (text: string): Promise<void> => {
      await handlers['study.edit']!({ id: 'a', draft: { room: text } }, null as never);
      await study.edit({ name: 'a' });
    };
    await other('from there');
    expect(room.text).toBe('from there');
    room.text = 'from here';
    await other('too late');
    expect(room.text).toBe('from here');
    await expect.poll(() => studies.get('a')!.draft.room).toBe('from here');
  });

  it('stays while it is on its way, although the study is read from before it', async () => {
    const answer = later<StudyDetails>();
    let sent = false;
    windowWith({
      ...handlers,
      'study.edit': (input, call) => {
        sent = true;
        return answer.promise.then(() => handlers['study.edit']!(input, call));
      },
    });
    studies.set('a', studyOf('a', { room: 'before' }));
    const room = useRoom();
    const study = useStudy();
    await study.open('a');
    room.text = 'after';
    await expect.poll(() => sent).toBe(true);
    // As the answer to the change of another room brings it.
    study.details = studyOf('a', { room: 'before', other: 1 });
    await arrived();
    expect(room.text).toBe('after');
    answer.resolve(studies.get('a')!);
    await expect.poll(() => study.details?.draft.room).toBe('after');
    expect(room.text).toBe('after');
  });

  it('is left out where it is of another shape, and kept where the engine was away', async () => {
    studies.set('a', studyOf('a', { room: { of: 'another version' } }));
    const room = useRoom();
    await useStudy().open('a');
    expect(room.text).toBe('as nobody typed');
    connectTo({})();
    room.text = 'typed meanwhile';
    await new Promise((done) => setTimeout(done, 400));
    connectTo(handlers);
    room.text = 'typed meanwhile, too';
    await expect.poll(() => studies.get('a')!.draft.room).toBe('typed meanwhile, too');
  });

  it('that another version kept is taken over once, however often the study is read', async () => {
    const wrote: (number | null)[] = [];
    // It reads back as more than was kept: a field has come since.
    const useLater = defineStore('later', () => {
      const value = ref(0);
      keepDraft(
        'room',
        z.object({ value: z.number() }),
        () => ({ value: value.value, since: true }),
        (kept) => {
          wrote.push(kept?.value ?? null);
          value.value = kept?.value ?? 0;
        },
      );
      return { value };
    });
    studies.set('a', studyOf('a', { room: { value: 5 } }));
    const room = useLater();
    const study = useStudy();
    await study.open('a');
    for (let time = 0; time < 3; time++) {
      study.details = structuredClone(studies.get('a')!);
      await new Promise((done) => setTimeout(done, 5));
    }
    expect(wrote).toEqual([5]);
    // What another window changes is still taken over, and what was there before again after that.
    for (const value of [6, 5]) {
      study.details = studyOf('a', { room: { value } });
      await expect.poll(() => room.value).toBe(value);
    }
  });
});
