import type { RunSummary } from '../../contract/run.ts';
import type { Network } from '../execute/run.ts';
import type { Workspace } from '../store/workspace.ts';
import type { Engine } from '../tensor/engine.ts';
import { type Checkpoint, bestCheckpoint } from './checkpoint.ts';
import { architectureOf, type Architecture } from '../../backbone/architecture.ts';

/** A network with these weights on an engine. */
export function networkOn(
  engine: Engine,
  { graph, outputs }: Pick<Architecture, 'graph' | 'outputs'>,
  { weights, slots }: Pick<Checkpoint, 'weights'> & Partial<Checkpoint>,
): Network {
  return { graph, outputs, ops: engine.ops, variables: engine.createVariables(weights, slots) };
}

/**
 * The model a finished run keeps: its architecture with the weights of its best epoch. A run that is to end in an SVM has
 * a softmax head before.
 */
export async function modelOf(run: RunSummary, workspace: Workspace) {
  const best = await bestCheckpoint(workspace, run.id);
  if (!best) return null;
  const { weights, progress } = best;
  return { ...architectureOf(run.plan, run.classes, progress.head ?? 'softmax'), weights };
}
