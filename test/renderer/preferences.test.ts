// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import type { ChangeEvent } from '../../src-main/contract/changes.ts';
import { CutpointError } from '../../src-main/contract/errors.ts';
import { NO_PREFERENCES, type Preferences } from '../../src-main/contract/preferences.ts';
import { Followers } from '../../src-main/engine/jobs/followers.ts';
import { useChanges } from '../../src-renderer/engine/changesStore.ts';
import { usePreferences } from '../../src-renderer/features/settings/preferencesStore.ts';
import { arrived, later, windowWith } from '../support/windowClient.ts';

const dark: Preferences = { ...NO_PREFERENCES, theme: 'dark' };
const shown = (): string | undefined => document.documentElement.dataset.theme;

it('an answer from before a choice does not take the choice back', async () => {
  const changes = new Followers<ChangeEvent>();
  const answer = later<Preferences>();
  let asked = 0;
  windowWith({
    'preferences.get': () => {
      asked++;
      return answer.promise;
    },
    'preferences.set': () => dark,
    'changes.watch': async ({ after }, { signal, progress }) => {
      const picture = (): ChangeEvent[] => [{ kind: 'all', ids: [] }];
      await changes.follow(progress, { signal, after, picture });
      return null;
    },
  });
  const preferences = usePreferences();
  void useChanges().listen();
  while (asked === 0) await arrived();
  await preferences.set({ theme: 'dark' });
  answer.resolve(NO_PREFERENCES);
  await arrived();
  expect([shown(), preferences.chosen]).toEqual(['dark', dark]);
});

it('what cannot be kept is not shown any longer', async () => {
  windowWith({
    'preferences.set': () => {
      throw new CutpointError('INPUT_INVALID', 'A limit of 9 threads is more than this machine has.');
    },
  });
  const preferences = usePreferences();
  await expect(preferences.set({ threads: 9 })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  expect(preferences.chosen.threads).toBeNull();
});
