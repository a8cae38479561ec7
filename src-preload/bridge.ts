/** The only channels between a window and Electron's main process. */
export const CHANNELS = {
  /** The window asks for a port; the answer carries it. */
  enginePort: 'engine-port',
  chooseFolder: 'choose-folder',
  chooseFile: 'choose-file',
  chooseDestination: 'choose-destination',
  showInFolder: 'show-in-folder',
  notify: 'notify',
  progress: 'progress',
  holdOpen: 'hold-open',
} as const;

/** What kind of file the window asks for. */
export type FileKind = 'weights' | 'csv' | 'archive';

/** What the preload script gives the window, as `window.cutpoint`. A browser has none of it. */
export interface Bridge {
  /** Asks for a port to the engine; it comes as a message event, see `requestPort` in rpc/transports/windowPort.ts. */
  askForPort(): void;
  /** The chosen path, or null where nothing was chosen. */
  chooseFolder(): Promise<string | null>;
  chooseFile(kind: FileKind): Promise<string | null>;
  /** `suggested`: a file name or an absolute path. */
  chooseDestination(suggested: string): Promise<string | null>;
  /** Where a dropped file or folder lies. */
  pathForFile(file: File): string;
  /** Shows a file or folder in the file manager; false where there is nothing at the path. */
  showInFolder(path: string): Promise<boolean>;
  /** A message of the system, shown while the window is not in front. */
  notify(title: string, text: string): Promise<void>;
  /** In the taskbar: a share in [0, 1]; null: nothing goes on. */
  progress(share: number | null): void;
  /** Whether closing the window is asked about first, as something would end with it. */
  holdOpen(hold: boolean): void;
}
