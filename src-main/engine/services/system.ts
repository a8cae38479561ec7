import { statfs } from 'node:fs/promises';
import { arch, availableParallelism, platform, release } from 'node:os';
import type { Handlers } from '../../contract/index.ts';
import { version } from '../../version.ts';
import { limitsHere, threadsHere } from '../host/limits.ts';
import { machineMemory } from '../host/machineMemory.ts';
import type { Workspace } from '../store/workspace.ts';
import { probeEngines } from '../tensor/engines.ts';

export function systemHandlers({ folder }: Workspace): Pick<Handlers, 'system.doctor'> {
  return {
    async 'system.doctor'() {
      const engines = await probeEngines();
      const disk = await statfs(folder).catch(() => null);
      return {
        version,
        node: process.versions.node,
        platform: `${platform()} ${release()} ${arch()}`,
        cores: availableParallelism(),
        memoryBytes: machineMemory().total,
        limits: { threads: threadsHere(), memoryBytes: limitsHere().memoryBytes },
        workspace: folder,
        freeDiskBytes: disk && disk.bavail * disk.bsize,
        engines,
        chosen: engines.find((engine) => engine.available)?.engine ?? null,
      };
    },
  };
}
