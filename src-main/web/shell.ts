import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { forkEngine, type SpawnEngine } from '../engine/host/engineProcess.ts';
import { superviseEngine } from '../engine/host/supervisor.ts';
import { createAccess, newSecret, type Session } from './access.ts';
import { createAttempts } from './attempts.ts';
import { droppedFiles } from './dropped.ts';
import { answerQuestion, linkTo, serveFolder } from './links.ts';
import { listenOnLoopback } from './listen.ts';
import { openBrowser } from './openBrowser.ts';
import { answerRequests } from './requests.ts';
import { acceptWindows } from './sockets.ts';
import { builtWindow, type WindowFiles } from './windowFiles.ts';

const BUILT_WINDOW = resolve(import.meta.dirname, '../../out/renderer');

export interface WebShellOptions {
  workspace: string;
  /** A port that must be had; without it the first free one from 8471. */
  port?: number;
  /** Open the default browser, where there is one. */
  open?: boolean;
  /** Hears what the person at the terminal should know. */
  warn?(line: string): void;
  /** How the engine is started and where the built window lies; tests have their own. */
  spawn?: SpawnEngine;
  rendererFolder?: string;
  /** Milliseconds between two questions whether a window is still there. */
  heartbeat?: number;
  /** What delivers the window in place of the built one: a development server. */
  files?: WindowFiles;
  /** Browsers that a shell before this one let in, on the same port; those let in from now on are added. */
  sessions?: Session[];
}

export interface WebShell {
  /** With the one-time token; good for one browser. */
  url: string;
  /** Another link; one before it that nobody has used opens nothing from then on. */
  newLink(): string;
  /** Sentences about the workspace. */
  notes: string[];
  close(): Promise<void>;
}

/**
 * The window in a browser on this machine: an HTTP server on 127.0.0.1 with an engine of its own on the workspace.
 * @throws PORT_IN_USE, and what keeps the engine from starting (WORKSPACE_LOCKED, STORE_NEWER, …)
 */
export async function startWebShell(options: WebShellOptions): Promise<WebShell> {
  const { workspace, spawn = forkEngine, rendererFolder = BUILT_WINDOW, warn = () => {} } = options;
  const windowFiles = options.files ?? builtWindow(rendererFolder);
  // A large dropped file through a slow tunnel may take longer than Node's five minutes for a request.
  const server = createServer({ requestTimeout: 0 });
  const port = await listenOnLoopback(server, options.port);
  const supervisor = superviseEngine({ workspace, spawn });
  let files: ReturnType<typeof serveFolder> | undefined;
  const access = createAccess(port, () => files?.opened(), options.sessions);
  const newLink = () => linkTo(port, access.newToken());
  const key = newSecret();
  const windows = acceptWindows(server, access, supervisor, windowFiles, options.heartbeat);
  answerRequests(server, {
    access,
    attempts: createAttempts(warn),
    files: windowFiles,
    dropped: droppedFiles(workspace),
    answerLink: (asked) => answerQuestion(key, asked, access.newToken),
    newLink,
  });

  async function close(): Promise<void> {
    windows.close();
    server.close();
    server.closeAllConnections();
    files?.remove();
    await windowFiles.close?.();
    await supervisor.close();
  }

  try {
    await supervisor.ready();
    // The engine holds the workspace: no other shell has files of its own there.
    try {
      files = serveFolder(workspace, { port, key });
    } catch (thrown) {
      const { code = 'unknown' } = thrown as NodeJS.ErrnoException;
      warn(`No browser can be opened, and no link asked for later: the workspace cannot be written to (${code}).`);
    }
  } catch (thrown) {
    await close();
    throw thrown;
  }
  const url = newLink();
  if (options.open && files) openBrowser(files.redirectTo(url));
  return { url, newLink, notes: supervisor.state.notes ?? [], close };
}
