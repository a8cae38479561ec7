import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where Cutpoint keeps its store when nobody names a folder: CUTPOINT_WORKSPACE, else `Cutpoint` (`cutpoint` on Linux)
 * in the platform's application-data folder: %APPDATA%, ~/Library/Application Support, or XDG_DATA_HOME.
 */
export function workspaceFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (env.CUTPOINT_WORKSPACE) return env.CUTPOINT_WORKSPACE;
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Cutpoint');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Cutpoint');
  // The XDG specification: a relative path in the variable is to be ignored.
  const xdg = env.XDG_DATA_HOME?.startsWith('/') ? env.XDG_DATA_HOME : join(home, '.local', 'share');
  return join(xdg, 'cutpoint');
}
