import type { FileKind } from '../../src-preload/bridge.ts';

/** What differs between the desktop application and a browser: all of it, and nothing else. */
export interface Host {
  /** Whether it has dialogs of the system; a browser has none that tell a path. */
  readonly dialogs: boolean;
  /** The chosen path, or null where nothing was chosen. */
  chooseFolder(): Promise<string | null>;
  chooseFile(kind: FileKind): Promise<string | null>;
  /** @param suggested a file name or an absolute path */
  chooseDestination(suggested: string): Promise<string | null>;
  /** Where a dropped file or folder lies; null where that is not told. */
  pathOf(file: File): string | null;
  /** Shows a file or folder in the system's file manager; false where it cannot. */
  showInFolder(path: string): Promise<boolean>;
  /** A message that is seen when the window is behind others. */
  notify(title: string, text: string): Promise<void>;
  /** Whether messages may be shown; asks where it was not asked yet, and then answers what was chosen. */
  mayNotify(ask: boolean): Promise<boolean>;
  /** In the taskbar or the tab: a share in [0, 1]; null: nothing goes on. */
  progress(share: number | null): void;
  /** A link for one more browser, which works once; null where the window is in none. */
  anotherLink(): Promise<string | null>;
  /** Whether closing the window must be asked about, as something would end with it. */
  holdOpen(hold: boolean): void;
}
