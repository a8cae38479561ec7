import type { SourceAnalysis, SourceDistanceRow, SourceResultRow } from '../../contract/sourceAnalysis.ts';
import { correlationsOf } from './correlate.ts';
import { differencesOf } from './differences.ts';
import { measuredIn } from './measured.ts';
import { meansOf, sumsOf, transfersOf } from './means.ts';
import type { FoldOptions } from './overFolds.ts';
import { RANK_RESAMPLES, rankingsOf } from './ranking.ts';
import { notesOf, saidOf } from './said.ts';

/**
 * What results of several sources on several targets show: means with their spread, transferability (van den Brandt et al.
 * 2021, eq. 1), sums, ranks, paired differences, and whether distances would have told it. Pure, and the same for the same
 * rows; a minute for 200 pairs at the most.
 * @param rows each of another source, target, fold, seed, network and cut; a source that is its target is the baseline. At
 * least one
 * @param distances null: none are known. Each of another source and target; those of other pairs are counted, not used
 */
export function analyseSources(
  rows: readonly SourceResultRow[],
  distances: readonly SourceDistanceRow[] | null,
  options: FoldOptions,
): SourceAnalysis {
  const measured = measuredIn(rows);
  const { targets, sources } = measured;
  const distanceOf = new Map(distances?.map(({ source, target, distance }) => [pairKey(source, target), distance]));
  const known = (source: string, target: string) => distanceOf.get(pairKey(source, target)) ?? null;
  const means = meansOf(measured, options);
  const { transfers: scored, withoutBaseline } = transfersOf(measured, options);
  const transfers = scored.map((each) => ({ ...each, distance: known(each.source, each.target) }));
  const { confidence, ratio = null } = options;
  const analysis = {
    ...{ rows: rows.length, targets, sources, confidence, ratio, resamples: RANK_RESAMPLES },
    ...{ means, transfers, withoutBaseline },
    sums: sumsOf(measured, means),
    rankings: rankingsOf(measured, confidence),
    differences: differencesOf(measured, options),
    distances: distances && {
      ...{ sources, targets },
      values: sources.map((source) => targets.map((target) => known(source, target))),
    },
    withoutDistance: transfers
      .filter(({ distance }) => distances !== null && distance === null)
      .map(({ source, target }) => ({ source, target })),
    ...(distances
      ? correlationsOf(transfers, confidence)
      : { spearman: null, kendall: null, weightedKendall: null, perTarget: [] }),
  };
  const used = transfers.filter(({ distance }) => distance !== null).length;
  const own = distances?.filter(({ source, target }) => source === target).length ?? 0;
  const several = (axis: 'seed' | 'backbone' | 'cut') => new Set(rows.map((row) => row[axis] ?? '')).size;
  const pooled = { seeds: several('seed'), backbones: several('backbone'), cuts: several('cut') };
  const unused = (distances?.length ?? 0) - used - own;
  return { ...analysis, said: saidOf(analysis), notes: notesOf(analysis, { unused, pooled }) };
}

const pairKey = (source: string, target: string): string => JSON.stringify([source, target]);
