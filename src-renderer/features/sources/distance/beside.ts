import type { DataMeasures, ExpertReport } from '../../../../src-main/contract/distance.ts';
import { EXPERT_FEATURES, type ExpertFeature } from '../../../../src-main/contract/expertFeatures.ts';
import { count, percent } from '../../../logic/format.ts';
import { fixed } from '../../../logic/locale.ts';
import { t } from '../../../text/index.ts';

/** One feature of one data set: what experts say, and what was measured. */
export interface BesideRow {
  name: string;
  feature: ExpertFeature;
  vote: string;
  measured: string;
}

/** Data sets that have votes, and those that have only been measured. */
export function besideRows(report: ExpertReport | null, measures: ReadonlyMap<string, DataMeasures>): BesideRow[] {
  const sets = report?.sets ?? [];
  const names = [...new Set([...sets.map(({ name }) => name), ...measures.keys()])];
  return names.flatMap((name) =>
    EXPERT_FEATURES.map((feature) => ({
      ...{ name, feature },
      vote: voteText(sets.find((set) => set.name === name)?.votes[feature]),
      measured: measuredText(feature, measures.get(name)),
    })),
  );
}

function voteText(vote: ExpertReport['sets'][number]['votes'][ExpertFeature] | undefined): string {
  if (!vote || (vote.value === null && vote.tied.length === 0)) return '–';
  const { value, tied, agree, answers } = vote;
  return value === null
    ? t('sources.experts.tie', { answers: tied.join(', ') })
    : t('sources.experts.agree', { value, agree: count(agree), answers: count(answers) });
}

/** What answers the same question, as far as images can; nothing says what they show. */
function measuredText(feature: ExpertFeature, measures: DataMeasures | undefined): string {
  if (!measures) return '–';
  const { colour, classes, entropy, width, height, diversity } = measures;
  const texts: Readonly<Partial<Record<ExpertFeature, string>>> = {
    colour: t('sources.experts.is.colour', { share: percent(colour) }),
    content: t('sources.experts.is.content', {
      ...{ entropy: fixed(entropy.mean, 2), deviation: fixed(entropy.deviation, 2) },
      ...{ width: count(width), height: count(height) },
    }),
    diversity: t('sources.experts.is.diversity', {
      ...{
        pairwise: fixed(diversity.pairwise, 3),
        effective: fixed(diversity.effective, 1),
        clusters: diversity.clusters,
      },
    }),
    classes: t('sources.experts.is.classes', { n: classes }),
  };
  return texts[feature] ?? '–';
}

export const distanceText = ({ distance, compared }: ExpertReport['distances'][number]): string => {
  if (distance === null) return '–';
  const value = fixed(distance, 3);
  return compared === EXPERT_FEATURES.length ? value : t('sources.experts.ofFewer', { value, n: compared });
};

/** As `cutpoint experts --out` writes them. */
export const hammingRows = ({ distances }: ExpertReport): (string | number)[][] => [
  ['source', 'target', 'distance'],
  ...distances.flatMap(({ source, target, distance }) =>
    source === target || distance === null ? [] : [[source, target, distance]],
  ),
];
