import { join } from 'node:path';
import type { Weights } from '../../backbone/model.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { TrainingPlan } from '../../contract/run.ts';
import type { StoredSource } from '../store/queries/sources.ts';
import type { Workspace } from '../store/workspace.ts';
import { readSafetensors } from '../weights/safetensors.ts';

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
 * @throws CutpointError SOURCE_UNKNOWN, WEIGHTS_MISMATCH, FILE_NOT_READABLE, WEIGHTS_CORRUPT
 */
export async function loadSource(workspace: Workspace, name: string, backbone: string): Promise<Weights> {
  const source = sourceFor(workspace, name, backbone);
  try {
    return (await readSafetensors(join(workspace.paths.sources, source.weightsFile))).tensors;
  } catch (error) {
    if (error instanceof CutpointError) throw error;
    throw new CutpointError('FILE_NOT_READABLE', `The weights of the source '${source.name}' cannot be read.`, {
      remedy: `Put the file '${source.weightsFile}' back into the workspace's folder 'sources'.`,
      cause: error,
    });
  }
}
