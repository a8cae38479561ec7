import { fileURLToPath } from 'node:url';
import { forkProcess } from '../host/engineProcess.ts';
import type { SpawnLane } from './lane.ts';

const ENTRY = fileURLToPath(new URL('./laneProcess.ts', import.meta.url));

/** Lanes as processes of their own; what they write goes where control's own output goes, and so to the log. */
export const forkLanes =
  (workspace: string): SpawnLane =>
  (lane) => {
    const child = forkProcess(ENTRY, ['--workspace', workspace, '--lane', lane]);
    for (const output of child.output) output.pipe(process.stderr, { end: false });
    return child;
  };
