import type { EngineReport } from '../../contract/system.ts';
import type { EngineChoice } from '../../contract/run.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { Engine, EngineName } from './engine.ts';
import { loadTensorflow } from './tensorflow.ts';
import { loadWasm } from './wasm.ts';

/** Every engine, the preferred one first: the one place where the choice is made. */
const loaders: { name: EngineName; load: () => Promise<Engine> }[] = [
  { name: 'tensorflow', load: loadTensorflow },
  { name: 'wasm', load: loadWasm },
];

/** Makes an engine the active one of this process. `auto` takes the first that runs here. */
export async function loadEngine(choice: EngineChoice): Promise<Engine> {
  const failures: CutpointError[] = [];
  for (const { name, load } of loaders) {
    if (choice !== 'auto' && choice !== name) continue;
    try {
      return await load();
    } catch (thrown) {
      failures.push(CutpointError.from(thrown));
    }
  }
  throw failures.at(-1) ?? new CutpointError('ENGINE_UNAVAILABLE', `There is no engine named '${choice}'.`);
}

/** Which engines run here; why others do not, and what to do. Each is loaded, and the first that works stays active. */
export async function probeEngines(): Promise<EngineReport[]> {
  const reports: EngineReport[] = [];
  for (const { name, load } of loaders.toReversed()) {
    try {
      const { device, version } = await load();
      reports.unshift({ engine: name, available: true, device, version, reason: null, remedy: null });
    } catch (thrown) {
      const error = CutpointError.from(thrown);
      const { message: reason, remedy = null } = error;
      reports.unshift({ engine: name, available: false, device: null, version: null, reason, remedy });
    }
  }
  return reports;
}
