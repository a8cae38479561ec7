import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Processes of an engine: `control` answers and owns the store, `compute` holds TensorFlow, `files` reads. */
export type EnginePart = 'control' | 'compute' | 'files';

/** The process number under which a part of the engine has signed, or undefined where there is none. */
export function enginePid(workspace: string, part: EnginePart = 'control'): number | undefined {
  const file = join(workspace, `${part === 'control' ? 'workspace' : part}.pid`);
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
}

/** Kills whichever engine has the workspace, or one part of it; false where there is none at this moment. */
export function killEngine(workspace: string, part: EnginePart = 'control'): boolean {
  const pid = enginePid(workspace, part);
  if (pid === undefined) return false;
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}
