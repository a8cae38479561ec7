import { fileURLToPath } from 'node:url';
import type { Limits } from '../../contract/preferences.ts';
import { forkProcess } from '../host/engineProcess.ts';
import { limitsAsEnvironment } from '../host/limits.ts';
import type { SpawnLane } from './lane.ts';

const ENTRY = fileURLToPath(new URL('./laneProcess.ts', import.meta.url));

/**
 * Lanes as processes of their own; what they write goes where control's own output goes, and so to the log.
 * @param limits asked whenever one is started
 */
export const forkLanes =
  (workspace: string, limits: () => Limits): SpawnLane =>
  (lane) => {
    const args = ['--workspace', workspace, '--lane', lane];
    const child = forkProcess(ENTRY, args, limitsAsEnvironment(limits()));
    for (const output of child.output) output.pipe(process.stderr, { end: false });
    return child;
  };
