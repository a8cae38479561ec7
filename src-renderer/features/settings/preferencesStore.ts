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
  /** How often something was chosen here, and whether the engine has yet to hear of it. */
  let choices = 0;
  let unheard = 0;

  /** Shown at once, and then kept. @throws CutpointError where it cannot be; shown is what was before */
  async function set(change: Partial<Preferences>): Promise<void> {
    const mine = ++choices;
    const before = chosen.value;
    unheard++;
    await take({ ...before, ...change });
    try {
      const kept = await useConnection().call('preferences.set', change);
      if (mine === choices) await take(kept);
    } catch (thrown) {
      if (mine === choices) await take(before);
      throw thrown;
    } finally {
      unheard--;
    }
  }

  useChanges().onChange(['preferences'], async () => {
    const asked = choices;
    const kept = await useConnection().call('preferences.get', {});
    // What was chosen here meanwhile is newer than this answer.
    if (asked === choices && unheard === 0) await take(kept);
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
