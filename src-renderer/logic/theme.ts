export type Theme = 'system' | 'light' | 'dark';

const dark = window.matchMedia('(prefers-color-scheme: dark)');
let wanted: Theme = 'system';

/** Which of the two themes is on screen. */
export const shownTheme = (): 'light' | 'dark' => (wanted === 'system' ? (dark.matches ? 'dark' : 'light') : wanted);

/** Shows a theme; `system` follows what the system says, also when it changes. */
export function showTheme(theme: Theme): void {
  wanted = theme;
  document.documentElement.dataset.theme = shownTheme();
}
dark.addEventListener('change', () => showTheme(wanted));
