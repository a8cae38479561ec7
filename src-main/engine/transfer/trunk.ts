import { firstConvolution, greyPreprocessing } from '../../backbone/channels.ts';
import type { Weights } from '../../backbone/model.ts';
import { graphParameters, parameterKey } from '../../backbone/parameters.ts';
import { strategies } from '../../backbone/strategy/index.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { PreprocessingValues } from '../../contract/preprocessing.ts';
import type { RunSummary } from '../../contract/run.ts';
import { describeTransfer } from '../../contract/strategies.ts';
import { bestCheckpoint } from '../network/checkpoint.ts';
import type { Workspace } from '../store/workspace.ts';
import { spreadInput } from '../weights/inputChannels.ts';

/**
 * The backbone of a run's best epoch as a source has it: every parameter of the whole backbone, for images of three channels.
 * Of a grey network the first convolution is divided over three equal channels, which computes the same on grey images.
 * @throws CutpointError RUN_STATE before the first epoch, and where the run has a part of the backbone only, or trained none
 *   of it; CHECKPOINT_MISSING, CHECKPOINT_DAMAGED
 */
export async function trunkOf(run: RunSummary, workspace: Workspace): Promise<Weights> {
  const { id, plan } = run;
  if (!strategies[plan.strategy].fineTunes)
    throw noSource(id, 'trained no layer of its network: it has the weights of its source');
  const best = await bestCheckpoint(workspace, id);
  if (!best) throw noSource(id, 'has no finished epoch');
  const graph = findBackbone(plan.backbone).build();
  const first = parameterKey(firstConvolution(graph) ?? '', 'kernel');
  const trunk: Weights = new Map();
  for (const { key, shape } of graphParameters(graph, { height: plan.input, width: plan.input })) {
    const own = best.weights.get(key);
    const value = own && plan.channels === 1 && key === first ? spreadInput(own, 3) : own;
    if (value?.shape.join() !== shape.join())
      throw noSource(
        id,
        `has not the whole backbone, but ${describeTransfer(plan)}: weights of a part of it fit no other cut`,
      );
    trunk.set(key, value);
  }
  return trunk;
}

/** What the weights of a run expect of RGB images; null: what the backbone's published weights do. */
export function expectedBy({ plan }: Pick<RunSummary, 'plan'>): PreprocessingValues | null {
  if (plan.channels === 3) return plan.preprocessing ?? null;
  const { mean, std } = greyPreprocessing(plan.preprocessing ?? findBackbone(plan.backbone).preprocessing);
  return { mean: [...mean], std: [...std] };
}

const noSource = (id: string, why: string): CutpointError =>
  new CutpointError('RUN_STATE', `The run ${id} cannot become a source: it ${why}.`, {
    remedy: 'Take a run that fine-tuned the whole network (strategy full), or train one with `cutpoint source train`.',
  });
