import { FIRST_STRATEGY } from '../../backbone/strategy/index.ts';
import { suggestedNetwork, suggestedTransfer } from '../../backbone/suggest.ts';
import { backbones, findBackbone } from '../../backbone/zoo/index.ts';
import type { CatalogueEntry } from '../../contract/catalogue.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import type { SourceSummary } from '../../contract/source.ts';
import { STRATEGIES } from '../../contract/strategies.ts';
import type { ComparisonPlan } from '../../contract/comparison/index.ts';

/** What there is in the workspace to begin with. */
export interface Known {
  sources: readonly SourceSummary[];
  catalogue: readonly Pick<CatalogueEntry, 'id' | 'bundled'>[];
}

interface Suggested<Plan> {
  plan: Plan;
  /** What was chosen, in a line; null where nothing was. */
  said: string | null;
}

/**
 * Fills in network, weights and cut of a run where the command line names none, as the window does.
 * @param named whether `--source` was given: null stands for random weights, too
 */
export function suggestRun(
  plan: TrainingPlan,
  { sources, catalogue }: Known,
  named: { source: boolean },
): Suggested<TrainingPlan> {
  const network = networkOf(plan, { sources, catalogue }, named.source);
  const cut = plan.strategy === FIRST_STRATEGY && plan.cut === undefined && isKnown(network.backbone);
  const filled = { ...plan, ...network, ...(cut && { cut: suggestedTransfer(network.backbone).cut }) };
  const cutWords = cut ? `cut after ${filled.cut!}` : null;
  if (plan.backbone === '') return { plan: filled, said: chosen(filled, cutWords) };
  const said = [
    cutWords && `no --cut is named, so it is ${cutWords}`,
    ...(named.source ? [] : [randomly(filled, sources)]),
  ];
  return { plan: filled, said: sentence(said.filter((part) => part !== null)) };
}

/** Fills in network and weights where the command line names none. @param named whether `--source` was given */
export function suggestNetwork(
  asked: Pick<TrainingPlan, 'backbone' | 'source'>,
  known: Known,
  named: { source: boolean },
): Pick<TrainingPlan, 'backbone' | 'source'> & { said: string | null } {
  const network = networkOf(asked, known, named.source);
  if (asked.backbone === '') return { ...network, said: chosen(network, null) };
  const random = named.source ? null : randomly(network, known.sources);
  return { ...network, said: sentence(random === null ? [] : [random]) };
}

/** Fills in network, weights and cuts of a comparison. @param named whether `--source` was given */
export function suggestComparison<Plan extends ComparisonPlan>(
  plan: Plan,
  { sources, catalogue }: Known,
  named: { source: boolean },
): Suggested<Plan> {
  const own = plan.kind === 'tournament' ? plan.sources : [];
  const given = own[0] ?? plan.base.source;
  const network = networkOf({ ...plan.base, source: given }, { sources, catalogue }, named.source || own.length > 0);
  const taken =
    plan.kind !== 'search' &&
    plan.cuts.length === 0 &&
    plan.strategies.some((name) => STRATEGIES[name].cut === 'needed');
  const cuts = taken && isKnown(network.backbone) ? [suggestedTransfer(network.backbone).cut] : [];
  const filled = {
    ...plan,
    base: { ...plan.base, backbone: network.backbone, ...(plan.kind !== 'tournament' && { source: network.source }) },
    ...(plan.kind === 'tournament' && own.length === 0 && network.source !== null && { sources: [network.source] }),
    ...(cuts.length > 0 && { cuts }),
  };
  const cutWords = cuts.length > 0 ? `cut after ${cuts[0]!}` : null;
  if (plan.base.backbone === '') return { plan: filled, said: chosen(network, cutWords) };
  return { plan: filled, said: sentence(cutWords ? [`no --cuts are named, so it is ${cutWords}`] : []) };
}

/** The network that is named, else that of the source that is named, else what is suggested. */
function networkOf(
  { backbone, source }: Pick<TrainingPlan, 'backbone' | 'source'>,
  { sources, catalogue }: Known,
  sourceNamed: boolean,
) {
  if (backbone !== '') return { backbone, source };
  const suggested = suggestedNetwork(sources, catalogue);
  if (!sourceNamed) return suggested;
  // The engine refuses a source that there is not, whatever the network.
  return { backbone: sources.find(({ name }) => name === source)?.backbone ?? suggested.backbone, source };
}

const isKnown = (name: string): boolean => backbones.some((backbone) => backbone.name === name);

function chosen({ backbone, source }: Pick<TrainingPlan, 'backbone' | 'source'>, cut: string | null): string {
  const from = source === null ? 'random weights' : `'${source}'`;
  const what = [`${findBackbone(backbone).title} (${backbone}) from ${from}`, ...(cut === null ? [] : [cut])].join(
    ', ',
  );
  return `No --backbone is named, so it is ${what}.`;
}

function randomly(
  { backbone, source }: Pick<TrainingPlan, 'backbone' | 'source'>,
  sources: readonly SourceSummary[],
): string | null {
  if (source !== null) return null;
  const fitting = sources.filter((each) => each.backbone === backbone).map(({ name }) => `'${name}'`);
  const instead = fitting.length > 0 ? ` (${fitting.join(', ')} would fit)` : '';
  return `no --source is named, so it starts from random weights${instead}`;
}

function sentence(parts: readonly string[]): string | null {
  if (parts.length === 0) return null;
  const text = parts.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
