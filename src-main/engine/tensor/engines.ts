import * as tf from '@tensorflow/tfjs-core';
import { CutpointError } from '../../contract/errors.ts';
import type { EngineChoice } from '../../contract/plan.ts';
import type { EngineReport } from '../../contract/system.ts';
import type { Engine, EngineName } from './engine.ts';
import { loadTensorflow } from './tensorflow.ts';
import { loadWasm } from './wasm.ts';

/** Every engine, the preferred one first: the one place where the choice is made. */
const loaders: { name: EngineName; load: () => Promise<Engine> }[] = [
  { name: 'tensorflow', load: loadTensorflow },
  { name: 'wasm', load: loadWasm },
];

type Loaded = { name: EngineName; engine: Engine } | { name: EngineName; error: CutpointError };

let loading: Promise<Loaded[]> | null = null;
/** tfjs has one active backend in a process, so work in progress decides which engine others may use. */
const inUse: { name: EngineName | null; users: number } = { name: null, users: 0 };

/** Loads all engines once, before any is used: loading one makes it tfjs's active backend, also in the middle of a run. */
function loadAll(): Promise<Loaded[]> {
  loading ??= (async () => {
    const results: Loaded[] = [];
    for (const { name, load } of loaders) {
      try {
        results.push({ name, engine: await load() });
      } catch (thrown) {
        results.push({ name, error: CutpointError.from(thrown) });
      }
    }
    return results;
  })();
  return loading;
}

/**
 * Makes an engine the active one of this process. `auto` takes the first that runs here.
 * @throws CutpointError ENGINE_UNAVAILABLE
 */
export async function loadEngine(choice: EngineChoice): Promise<Engine> {
  return activate(choose(await loadAll(), choice));
}

/** The engine that a choice takes here, without making it the active one. @throws CutpointError ENGINE_UNAVAILABLE */
export async function engineFor(choice: EngineChoice): Promise<Engine> {
  return choose(await loadAll(), choice);
}

/** Whether something is computed in this process just now. */
export const isComputing = (): boolean => inUse.users > 0;

/**
 * Computes with an engine. Several computations may share one engine; another engine has to wait until it is free.
 * @throws CutpointError ENGINE_UNAVAILABLE; RUN_BUSY while another engine is in use
 */
export async function withEngine<T>(choice: EngineChoice, compute: (engine: Engine) => Promise<T>): Promise<T> {
  const loaded = await loadAll();
  // Nothing is waited for between the question which engine is in use and the answer: two may ask at the same moment.
  if (inUse.users > 0 && choice !== 'auto' && choice !== inUse.name) {
    throw new CutpointError('RUN_BUSY', `The engine ${choice} cannot be used while ${inUse.name} is computing.`, {
      remedy: 'Wait until the run has ended, or stop it first.',
    });
  }
  const engine = choose(loaded, inUse.users > 0 ? inUse.name! : choice);
  inUse.name = engine.name;
  inUse.users++;
  try {
    return await compute(await activate(engine));
  } finally {
    inUse.users--;
  }
}

function choose(loaded: readonly Loaded[], choice: EngineChoice): Engine {
  const candidates = loaded.filter(({ name }) => choice === 'auto' || choice === name);
  for (const candidate of candidates) if ('engine' in candidate) return candidate.engine;
  const failed = candidates.find((candidate) => 'error' in candidate);
  throw failed?.error ?? new CutpointError('ENGINE_UNAVAILABLE', `There is no engine named '${choice}'.`);
}

async function activate(engine: Engine): Promise<Engine> {
  await tf.setBackend(engine.name);
  return engine;
}

/** Which engines run here; why others do not, and what to do. */
export async function probeEngines(): Promise<EngineReport[]> {
  return (await loadAll()).map((result) => {
    if ('engine' in result) {
      const { name, device, version } = result.engine;
      return { engine: name, available: true, device, version, reason: null, remedy: null };
    }
    const { message: reason, remedy = null } = result.error;
    return { engine: result.name, available: false, device: null, version: null, reason, remedy };
  });
}
