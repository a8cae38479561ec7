import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { NO_PREFERENCES, type Preferences } from '../../../src-main/contract/preferences.ts';
import { useChanges } from '../../engine/changesStore.ts';
import { useConnection } from '../../engine/connectionStore.ts';
import { showTheme } from '../../logic/theme.ts';
import { LANGUAGES, speak, type Language } from '../../text/index.ts';

/** How the window looks and speaks and what the engine may take: of the workspace, so that the next window is the same. */
export const usePreferences = defineStore('preferences', () => {
  const chosen = shallowRef<Preferences>(NO_PREFERENCES);

  async function take(preferences: Preferences): Promise<void> {
    chosen.value = preferences;
    showTheme(preferences.theme);
    await speak(preferences.language ?? systemLanguage());
  }
  /** Shown at once, and then kept. */
  async function set(change: Partial<Preferences>): Promise<void> {
    await take({ ...chosen.value, ...change });
    await useConnection().call('preferences.set', change);
  }

  useChanges().onChange(['preferences'], async () => {
    await take(await useConnection().call('preferences.get', {}));
  });
  void speak(systemLanguage());

  return { chosen, set };
});

/** The first language of the system that the window knows. */
const systemLanguage = (): Language => {
  const known = navigator.languages
    .map((tag) => tag.split('-')[0]!.toLowerCase())
    .find((tag) => Object.hasOwn(LANGUAGES, tag));
  return (known ?? 'en') as Language;
};
