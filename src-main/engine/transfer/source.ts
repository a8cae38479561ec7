import type { Weights } from '../../backbone/model.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import type { StoredSource } from '../store/queries/sources.ts';
import type { Workspace } from '../store/workspace.ts';
import { readSource } from './sourceFile.ts';

/**
 * The source of that name.
 * @throws CutpointError SOURCE_UNKNOWN, WEIGHTS_MISMATCH where it belongs to another backbone
 */
export function sourceFor(workspace: Workspace, name: string, backbone: string): StoredSource {
  const source = workspace.store.sources.get(name);
  if (source.backbone === backbone) return source;
  throw new CutpointError(
    'WEIGHTS_MISMATCH',
    `The pretrained source '${source.name}' belongs to the backbone '${source.backbone}', not to '${backbone}'.`,
    { remedy: `Choose the backbone '${source.backbone}', or a source for '${backbone}'.` },
  );
}

/**
 * The plan with what its source expects of the images, so that the run keeps it.
 * @throws CutpointError SOURCE_UNKNOWN, WEIGHTS_MISMATCH
 */
export function withPreprocessing(plan: TrainingPlan, workspace: Workspace): TrainingPlan {
  if (plan.source === null) return plan;
  const expected = sourceFor(workspace, plan.source, plan.backbone).preprocessing;
  return expected === null ? plan : { preprocessing: expected, ...plan };
}

/**
 * The weights of a source, by the keys of its backbone's parameters, in the graph's layouts.
 * @throws CutpointError SOURCE_UNKNOWN, WEIGHTS_MISMATCH, SOURCE_DAMAGED
 */
export async function loadSource(workspace: Workspace, name: string, backbone: string): Promise<Weights> {
  return readSource(workspace, sourceFor(workspace, name, backbone));
}
