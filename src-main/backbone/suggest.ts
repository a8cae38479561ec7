import type { CatalogueEntry } from '../contract/catalogue.ts';
import type { CutPoint } from '../contract/backbone.ts';
import type { TrainingPlan } from '../contract/plan.ts';
import type { SourceSummary } from '../contract/source.ts';
import { cutPoints } from './cuts.ts';
import { FIRST_STRATEGY } from './strategy/index.ts';
import { backbones, findBackbone } from './zoo/index.ts';

// What a comparison starts from where nobody has chosen: one definition for window and command line.

/**
 * The network and the weights to begin with: those that come with Cutpoint, the first of the catalogue first (its entries
 * are in the order of what they are worth); else others of the workspace; else random weights.
 */
export function suggestedNetwork(
  sources: readonly SourceSummary[],
  catalogue: readonly Pick<CatalogueEntry, 'id' | 'bundled'>[],
): Pick<TrainingPlan, 'backbone' | 'source'> {
  const whole = sources.filter(({ missing }) => missing === 0);
  const bundled = catalogue.flatMap(({ id, bundled: comes }) =>
    comes === null ? [] : whole.filter((source) => source.catalogue === id),
  );
  const [first] = [...bundled, ...whole];
  return first ? { backbone: first.backbone, source: first.name } : { backbone: backbones[0]!.name, source: null };
}

/** A start for the search, among all cuts of a network: the end of the last block that keeps at most half of the parameters. */
export function suggestedCut(cuts: readonly CutPoint[]): CutPoint | undefined {
  const all = cuts.at(-1)?.parameters ?? 0;
  return cuts.findLast(({ endsBlock, parameters }) => endsBlock && parameters <= all / 2) ?? cuts.at(-1);
}

/**
 * The strategy and cut to begin with on a network.
 * @throws CutpointError BACKBONE_UNKNOWN
 */
export function suggestedTransfer(backbone: string): Pick<TrainingPlan, 'strategy'> & { cut: string } {
  const { input, build } = findBackbone(backbone);
  // Neither names nor parameters of cuts depend on the size of the images.
  return { strategy: FIRST_STRATEGY, cut: suggestedCut(cutPoints(build(), { height: input, width: input }))!.name };
}
