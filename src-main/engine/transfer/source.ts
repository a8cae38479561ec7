import { join } from 'node:path';
import type { Weights } from '../../backbone/model.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { Workspace } from '../store/workspace.ts';
import { readSafetensors } from '../weights/safetensors.ts';

/**
 * The weights of a source, by the keys of its backbone's parameters, in the graph's layouts.
 *
 * @throws SOURCE_UNKNOWN, WEIGHTS_MISMATCH where the source belongs to another backbone, FILE_NOT_READABLE, WEIGHTS_CORRUPT
 */
export async function loadSource(workspace: Workspace, name: string, backbone: string): Promise<Weights> {
  const { weightsFile, ...source } = workspace.store.sources.get(name);
  if (source.backbone !== backbone) {
    throw new CutpointError(
      'WEIGHTS_MISMATCH',
      `The pretrained source '${source.name}' belongs to the backbone '${source.backbone}', not to '${backbone}'.`,
      { remedy: `Choose the backbone '${source.backbone}', or a source for '${backbone}'.` },
    );
  }
  const path = join(workspace.paths.sources, weightsFile);
  try {
    return (await readSafetensors(path)).tensors;
  } catch (error) {
    if (error instanceof CutpointError) throw error;
    throw new CutpointError('FILE_NOT_READABLE', `The weights of the source '${source.name}' cannot be read.`, {
      remedy: `Put the file '${weightsFile}' back into the workspace's folder 'sources'.`,
      cause: error,
    });
  }
}
