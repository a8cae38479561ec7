import { watch } from 'node:fs';

/** An editor may write a file in several steps, and many files at once. */
const SETTLE = 100;

/**
 * Watches the sources below a folder until the signal aborts. `next()` resolves to the path, relative to the folder, of
 * the last of the files that changed since it was called before; to undefined once the watch has ended.
 */
export function watchSources(folder, signal) {
  let changed;
  let timer;
  let tell = () => {};
  const watcher = watch(folder, { recursive: true }, (_event, name) => {
    if (!name || !/\.(ts|json)$/.test(name)) return;
    changed = name;
    clearTimeout(timer);
    timer = setTimeout(() => tell(), SETTLE);
  });
  signal.addEventListener('abort', () => {
    watcher.close();
    clearTimeout(timer);
    tell();
  });
  return {
    next: () =>
      new Promise((resolve) => {
        tell = () => {
          if (changed === undefined && !signal.aborted) return;
          resolve(signal.aborted ? undefined : changed);
          changed = undefined;
        };
        // What changed while nobody asked is old enough.
        tell();
      }),
  };
}
