import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The workspace that every shell opens unless told another one: a folder in the platform's application-data folder
 * (XDG base directories on Linux), or the one that CUTPOINT_WORKSPACE names. It need not exist.
 */
export function defaultWorkspaceFolder({
  platform = process.platform,
  env = process.env,
  home = homedir(),
}: { platform?: string; env?: NodeJS.ProcessEnv; home?: string } = {}): string {
  if (env.CUTPOINT_WORKSPACE) return env.CUTPOINT_WORKSPACE;
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Cutpoint');
  if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'Cutpoint');
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'cutpoint');
}
