import { cutNodes } from '../../backbone/cuts.ts';
import { denseCuts, denseCutsIn, graphAt } from '../../backbone/dense.ts';
import type { Weights } from '../../backbone/model.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import { CutpointError } from '../../contract/errors.ts';
import { trainingPlan, type TrainingPlan } from '../../contract/plan.ts';
import type { NetworkState } from '../../contract/similarity.ts';
import type { Workspace } from '../store/workspace.ts';
import { architectureOf, type Architecture } from '../../backbone/architecture.ts';
import { modelOf } from '../network/open.ts';
import { initialWeights } from '../transfer/initialWeights.ts';
import { sourceFor } from '../transfer/source.ts';

/** A network state found, its weights not read yet. */
export interface FoundState {
  plan: TrainingPlan;
  architecture: Architecture;
  /** Its cuts from input to output, and of them the last of each block. */
  cuts: readonly string[];
  blockEnds: readonly string[];
  weights(): Promise<Weights>;
}

/** How images are brought to the network. */
export type View = Pick<TrainingPlan, 'input' | 'fit' | 'channels'>;

/**
 * Finds a network state.
 * @param view of a backbone that no run describes; left out: its published input size, letterboxed
 * @throws CutpointError RUN_UNKNOWN, RUN_STATE before the first epoch is finished, BACKBONE_UNKNOWN, SOURCE_UNKNOWN,
 *   WEIGHTS_MISMATCH, INPUT_TOO_SMALL
 */
export function findState(workspace: Workspace, state: NetworkState, view?: View): FoundState {
  const run = state.kind === 'run' ? workspace.store.runs.get(state.run) : null;
  const plan = run?.plan ?? backbonePlan(workspace, state as Extract<NetworkState, { kind: 'backbone' }>, view);
  // Classes change the head alone, which has no cut.
  const architecture = architectureOf(plan, run?.classes ?? ['0', '1']);
  const cuts = cutNodes(architecture.graph);
  const lastOfBlock = new Map(cuts.map(({ block, name }) => [block, name]));
  const trained = run !== null && state.kind === 'run' && state.at === 'best' ? run : null;
  if (trained?.bestEpoch === null) {
    throw new CutpointError('RUN_STATE', `The run ${trained.id} has no model yet: no epoch of it is finished.`, {
      remedy: 'Let it train for at least one epoch.',
    });
  }
  return {
    plan,
    architecture,
    cuts: cuts.map(({ name }) => name),
    blockEnds: [...lastOfBlock.values()],
    weights: async () =>
      trained ? (await modelOf(trained, workspace))!.weights : initialWeights(plan, architecture, workspace),
  };
}

function backbonePlan(
  workspace: Workspace,
  { backbone, source, initialisation, seed }: Extract<NetworkState, { kind: 'backbone' }>,
  { input, fit, channels }: View = { input: findBackbone(backbone).input, fit: 'letterbox', channels: 3 },
): TrainingPlan {
  const known = source === null ? null : sourceFor(workspace, source, backbone);
  const expected = known?.preprocessing ?? null;
  const network = findBackbone(backbone);
  const end = graphAt(network, { height: input, width: input }, known ? denseCutsIn(known) : undefined).nodes.at(
    -1,
  )!.name;
  return trainingPlan.parse({
    data: { folder: '.' },
    // All that there are weights for.
    ...(denseCuts(network).includes(end) ? { strategy: 'truncated', cut: end } : { strategy: 'full' }),
    backbone,
    source,
    initialisation,
    seed,
    input,
    fit,
    channels,
    ...(expected && { preprocessing: expected }),
  });
}
