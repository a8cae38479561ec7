import type { BestCut } from '../../contract/sourceStudy.ts';

/** Whether the best cut depends on the source, of each target and network, as far as validation tells. */
export function cutSentences(cuts: readonly BestCut[]): string[] {
  const parts = Map.groupBy(cuts, ({ target, backbone }) => JSON.stringify([target, backbone]));
  return [...parts.values()].map((part) => {
    const { target, backbone } = part[0]!;
    const different = new Set(part.map(({ cut }) => cut)).size;
    const each = part.map(({ source, cut }) => `${source}: ${cut ?? 'the whole network'}`).join('; ');
    if (part.length === 1) return `On ${target} with ${backbone} validation prefers, from ${each}.`;
    return different === 1
      ? `On ${target} with ${backbone} validation prefers the same cut from every source (${part[0]!.cut ?? 'the whole network'}).`
      : `On ${target} with ${backbone} the cut that validation prefers differs between sources (${each}); that this is more than the noise of these folds is not shown.`;
  });
}
