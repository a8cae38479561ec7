/** The only channels between a window and Electron's main process. */
export const CHANNELS = {
  /** The window asks for a port; the answer carries it. */
  enginePort: 'engine-port',
  chooseFolder: 'choose-folder',
  chooseFile: 'choose-file',
  chooseDestination: 'choose-destination',
} as const;

/** What kind of file the window asks for. */
export type FileKind = 'weights' | 'csv';

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
}
