import type { Router } from 'vue-router';
import { shownTheme } from '../../logic/theme.ts';
import { language, t } from '../../text/index.ts';
import { usePreferences } from '../settings/preferencesStore.ts';
import { useStudy } from '../study/studyStore.ts';
import { offer } from './commands.ts';
import { placeOf } from './going.ts';
import { places, rooms } from './rooms.ts';
import { useShell } from './shellStore.ts';

/** What can be done from everywhere. */
export function offerShellCommands(router: Router): void {
  const shell = useShell();
  const study = useStudy();
  const preferences = usePreferences();
  // What lay over the room that was left does not lie over the next one.
  router.afterEach(() => {
    shell.palette = false;
    shell.shortcuts = false;
  });
  offer(
    { id: 'palette', title: () => t('shell.palette.title'), keys: 'mod+k', run: () => (shell.palette = true) },
    { id: 'shortcuts', title: () => t('shell.palette.shortcuts'), keys: '?', run: () => (shell.shortcuts = true) },
    ...rooms.map(({ id }, index) => ({
      id: `room-${id}`,
      title: () => t('shell.palette.go', { what: t(`shell.rooms.${id}`) }),
      keys: `g ${index + 1}`,
      when: () => study.id !== null,
      // The run of the address goes along, as in the rail.
      run: () => router.push(placeOf(id, study.id ?? '', router.currentRoute.value.params.run as string | undefined)),
    })),
    ...places.map(({ id, key }) => ({
      id: `place-${id}`,
      title: () => t('shell.palette.go', { what: t(`shell.rooms.${id}`) }),
      keys: `g ${key}`,
      run: () => router.push({ name: id }),
    })),
    { id: 'jobs', title: () => t('shell.palette.jobs'), run: () => router.push({ name: 'activity' }) },
    {
      id: 'storage',
      title: () => t('shell.palette.storage'),
      run: () => router.push({ name: 'settings', params: { section: 'storage' } }),
    },
    {
      id: 'theme',
      title: () => t('shell.palette.theme'),
      run: () => preferences.set({ theme: shownTheme() === 'dark' ? 'light' : 'dark' }),
    },
    {
      id: 'language',
      title: () => t('shell.palette.language'),
      words: () => 'language Sprache English Deutsch',
      run: () => preferences.set({ language: language() === 'en' ? 'de' : 'en' }),
    },
  );
}
