import { expect, it } from 'vitest';
import type { ActivityEntry } from '../../src-main/contract/activity.ts';
import { placeOfEntry } from '../../src-renderer/features/activity/entries.ts';

const entry = (what: string, study: string | null = 's'): ActivityEntry => ({
  ...{
    id: 1,
    at: '2026-01-01T00:00:00Z',
    what,
    object: 'r1',
    name: null,
    study,
    sentence: '',
    purpose: null,
    reason: null,
  },
});

it('a line of the log leads to what it speaks of, as long as that is there', () => {
  expect(placeOfEntry(entry('run.completed'))).toEqual({ name: 'train', params: { study: 's', run: 'r1' } });
  expect(placeOfEntry(entry('test.opened'))).toMatchObject({ name: 'results' });
  expect(placeOfEntry(entry('comparison.created'))).toMatchObject({ name: 'compare' });
  expect(placeOfEntry(entry('comparison.test-opened'))).toMatchObject({ name: 'compare' });
  expect(placeOfEntry(entry('run.removed', null))).toBeNull();
});
