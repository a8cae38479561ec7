import { CutpointError } from '../../contract/errors.ts';
import type { LeftOut, SourceStudyPlan, StudyChecks } from '../../contract/sourceStudy.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import { checkComparison } from '../comparisons/check.ts';
import type { Workspace } from '../store/workspace.ts';
import { memberPlan, weightsFor } from './members.ts';

/**
 * Checks a plan before any data is read: its names, its networks, and which source has weights for which of them.
 * @returns what has none, and so is left out
 * @throws CutpointError INPUT_INVALID, BACKBONE_UNKNOWN, SOURCE_UNKNOWN, CUT_UNKNOWN, INPUT_TOO_SMALL, STRATEGY_UNSUPPORTED
 */
export function checkPlan(plan: SourceStudyPlan, workspace: Workspace): StudyChecks {
  requireOnce('target', plan.targets.map(({ name }) => name)); // prettier-ignore
  requireOnce('source', plan.sources.map(({ name }) => name)); // prettier-ignore
  requireOnce('network', plan.backbones);
  requireOnce('cut', plan.cuts);
  for (const backbone of plan.backbones) findBackbone(backbone);
  const stored = workspace.store.sources.list();
  const fitting = new Map(plan.backbones.map((backbone) => [backbone, weightsFor(plan, backbone, stored)]));
  const found = new Set([...fitting.values()].flat().map(({ source }) => source));
  const trained = new Set(plan.sources.flatMap(({ name, train }) => (train ? [name] : [])));
  for (const { name } of plan.sources) if (!found.has(name) && !trained.has(name)) throw without(plan, name, workspace);
  for (const [backbone, weights] of fitting) {
    if (weights.length === 0 && trained.size === 0) {
      throw new CutpointError('INPUT_INVALID', `None of the sources has weights for the network '${backbone}'.`, {
        remedy: `Add weights for '${backbone}', or leave that network out.`,
        details: { backbone },
      });
    }
    // All targets have the same networks; the number of their classes changes the last layer alone.
    const [target] = plan.targets;
    const names = weights.map((each) => each.weights);
    checkComparison(memberPlan(plan, { target: target!, backbone, weights: names, baseline: true }), workspace);
  }
  const leftOut = [...fitting].flatMap(([backbone, weights]) =>
    plan.sources
      .filter(({ name }) => !trained.has(name) && !weights.some(({ source }) => source === name))
      .map(({ name }) => {
        const why = `The source ‘${name}’ has no weights for the network ‘${backbone}’.`;
        return { source: name, target: null, backbone, why };
      }),
  );
  return { leftOut, noticed: [] };
}

/** @throws CutpointError INPUT_INVALID where a target is left without any source */
export function requireSomething(plan: SourceStudyPlan, leftOut: readonly LeftOut[]): void {
  for (const { name } of plan.targets) {
    const own = leftOut.filter(({ target }) => target === name);
    if (plan.sources.some((source) => !own.some((each) => each.source === source.name))) continue;
    throw new CutpointError('INPUT_INVALID', `No source is left to be studied on the target ‘${name}’.`, {
      remedy: `${own.map(({ why }) => why).join(' ')} Add another source, or leave the target out.`,
      details: { target: name },
    });
  }
}

/** Why a source has no weights at all: there is none of its name, or it belongs to another network. */
function without({ backbones }: SourceStudyPlan, name: string, { store }: Workspace): CutpointError {
  const { backbone } = store.sources.get(name);
  const networks = backbones.join(', ');
  return new CutpointError(
    'WEIGHTS_MISMATCH',
    `The source '${name}' belongs to the network '${backbone}', and has no weights for ${networks}.`,
    { remedy: `Choose sources for ${networks}, or study the network '${backbone}'.`, details: { source: name } },
  );
}

function requireOnce(what: 'target' | 'source' | 'network' | 'cut', names: readonly string[]): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return;
  throw new CutpointError('INPUT_INVALID', `The ${what} '${twice}' is there twice.`, {
    remedy: 'Name each only once.',
    details: { name: twice },
  });
}
