import { onBeforeUnmount, onMounted } from 'vue';
import { offered, type Command } from './commands.ts';

/** Milliseconds within which the second key of two must follow. */
const PATIENCE = 1200;
const isMac = /Mac/.test(navigator.platform);

/** The keys of a command as they are written: `Ctrl K`, `g then d`. */
export const keysOf = (keys: string, then: string): string =>
  keys
    .split(' ')
    .map((one) =>
      one
        .replace('mod+', isMac ? '⌘ ' : 'Ctrl ')
        .replace(/ ?(\w)$/, (_all, key: string) => ` ${key.toUpperCase()}`)
        .trim(),
    )
    .join(` ${then} `);

/** What a key press is called in a table of keys. */
function pressed(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  return (isMac ? event.metaKey : event.ctrlKey) ? `mod+${key}` : key;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName));

/** Which command keys belong to: one to run, a beginning of some, or nothing. */
export function match(keys: string, commands: readonly Command[]): Command | 'begins' | null {
  const whole = commands.find((command) => command.keys === keys);
  return whole ?? (commands.some((command) => command.keys?.startsWith(`${keys} `)) ? 'begins' : null);
}

/** Runs commands by their keys, for as long as the component lives. Plain letters do nothing where something is typed. */
export function listenForKeys(): void {
  let before = '';
  let forget: ReturnType<typeof setTimeout> | undefined;
  function listen(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.altKey || event.key === 'Shift' || event.repeat) return;
    const key = pressed(event);
    if (!key.startsWith('mod+') && (isTyping(event.target) || event.ctrlKey || event.metaKey)) return;
    // A dialog or a menu has its own keys.
    if (
      !key.startsWith('mod+') &&
      document.querySelector('[role=dialog], [role=alertdialog], [role=menu], dialog[open]')
    )
      return;
    const keys = before ? `${before} ${key}` : key;
    const found = match(keys, offered());
    clearTimeout(forget);
    before = found === 'begins' ? keys : '';
    forget = setTimeout(() => (before = ''), PATIENCE);
    if (found === null || found === 'begins') return;
    event.preventDefault();
    void found.run();
  }
  onMounted(() => document.addEventListener('keydown', listen));
  onBeforeUnmount(() => document.removeEventListener('keydown', listen));
}
