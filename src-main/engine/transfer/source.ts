import { architectureOf } from '../../backbone/architecture.ts';
import { cutNodes } from '../../backbone/cuts.ts';
import { denseCuts, denseCutsIn, graphAt } from '../../backbone/dense.ts';
import type { Weights } from '../../backbone/model.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
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
 * @throws CutpointError SOURCE_UNKNOWN, WEIGHTS_MISMATCH, also where it has no weights for the dense layer that is the cut
 */
export function withPreprocessing(plan: TrainingPlan, workspace: Workspace): TrainingPlan {
  if (plan.source === null) return plan;
  const source = sourceFor(workspace, plan.source, plan.backbone);
  requireDense(plan, source);
  const expected = source.preprocessing;
  return expected === null ? plan : { preprocessing: expected, ...plan };
}

/** What is trained or frozen of the dense layers is to come from the source; what a strategy starts afresh is not. */
function requireDense(plan: TrainingPlan, source: StoredSource): void {
  const cuts = denseCuts(findBackbone(plan.backbone));
  if (plan.initialisation === 'random' || !cuts.includes(plan.cut ?? '')) return;
  // Two class names stand for those of the data.
  const { graph, fresh, input } = architectureOf(plan, ['0', '1']);
  const held = denseCutsIn(source);
  const lacking = graph.nodes.find(({ name }) => cuts.includes(name) && !fresh.has(name) && !held.includes(name));
  if (!lacking) return;
  const last = cutNodes(graphAt(findBackbone(plan.backbone), input, held)).at(-1)!.name;
  throw new CutpointError(
    'WEIGHTS_MISMATCH',
    `The pretrained source '${source.name}' has no weights for the dense layer that ends with '${lacking.name}'.`,
    {
      remedy: `Add a file of weights that has its dense layers (in Keras: include_top=True), or choose a cut up to '${last}'.`,
    },
  );
}

/**
 * The weights of a source, by the keys of its backbone's parameters, in the graph's layouts.
 * @param wanted keys; left out: all. Dense layers can be most of a source, and few networks take them
 * @throws CutpointError SOURCE_UNKNOWN, WEIGHTS_MISMATCH, SOURCE_DAMAGED
 */
export async function loadSource(
  workspace: Workspace,
  name: string,
  backbone: string,
  wanted?: ReadonlySet<string>,
): Promise<Weights> {
  return readSource(workspace, sourceFor(workspace, name, backbone), wanted);
}
