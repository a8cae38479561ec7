import type { ExpertReport, ExpertRow } from '../../contract/distance.ts';
import { CutpointError } from '../../contract/errors.ts';
import { EXPERT_FEATURES, type ExpertFeature } from '../../contract/expertFeatures.ts';

type Vote = ExpertReport['sets'][number]['votes'][ExpertFeature];

/**
 * The majority vote of observers on each feature of each data set, and between data sets the Hamming distance: the share
 * of features that differ (van den Brandt et al. 2021, section IV-B). Answers are compared without regard to case and
 * blanks. A feature on which the first place is shared has no vote: it is named, and left out of the distances, each of
 * which says how many features it compares.
 * @throws CutpointError INPUT_INVALID where one observer answers twice on a data set, or there is only one data set
 */
export function expertReport(rows: readonly ExpertRow[]): ExpertReport {
  requireOnce(rows);
  const byName = Map.groupBy(rows, ({ dataset }) => dataset.trim());
  if (byName.size < 2) {
    throw new CutpointError('INPUT_INVALID', 'There are answers on one data set only, and a distance is between two.', {
      remedy: 'Add answers on another data set.',
    });
  }
  const sets = [...byName].map(([name, given]) => ({
    name,
    observers: given.length,
    votes: Object.fromEntries(EXPERT_FEATURES.map((feature) => [feature, voteOf(given, feature)])) as Record<
      ExpertFeature,
      Vote
    >,
  }));
  const distances = sets.flatMap((a) =>
    sets.map((b) => ({ source: a.name, target: b.name, ...hamming(a.votes, b.votes) })),
  );
  return { rows: [...rows], sets, distances };
}

function voteOf(given: readonly ExpertRow[], feature: ExpertFeature): Vote {
  const said = given.map((row) => row[feature].trim()).filter((answer) => answer !== '');
  const counts = [...Map.groupBy(said, (answer) => answer.toLowerCase()).values()].sort((a, b) => b.length - a.length);
  const agree = counts[0]?.length ?? 0;
  const first = counts.filter(({ length }) => length === agree).map(([answer]) => answer!);
  const [value = null] = first;
  return first.length > 1
    ? { value: null, tied: first, answers: said.length, agree }
    : { value, tied: [], answers: said.length, agree };
}

function hamming(
  a: Readonly<Record<ExpertFeature, Vote>>,
  b: Readonly<Record<ExpertFeature, Vote>>,
): { distance: number | null; compared: number } {
  const both = EXPERT_FEATURES.filter((feature) => a[feature].value !== null && b[feature].value !== null);
  const differ = both.filter((feature) => a[feature].value!.toLowerCase() !== b[feature].value!.toLowerCase());
  return { distance: both.length === 0 ? null : differ.length / both.length, compared: both.length };
}

function requireOnce(rows: readonly ExpertRow[]): void {
  const seen = new Set<string>();
  for (const { dataset, observer } of rows) {
    const key = JSON.stringify([dataset.trim(), observer.trim()]);
    if (seen.has(key)) {
      throw new CutpointError('INPUT_INVALID', `The observer '${observer}' answers twice on '${dataset}'.`, {
        remedy: 'Leave one of the answers out, or tell the observers apart by their names.',
      });
    }
    seen.add(key);
  }
}
