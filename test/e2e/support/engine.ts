import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Kills whichever engine has the workspace; false where there is none at this moment. */
export function killEngine(workspace: string): boolean {
  const file = join(workspace, 'workspace.pid');
  if (!existsSync(file)) return false;
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}
