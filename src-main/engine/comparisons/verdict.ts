import { STRATEGIES } from '../../contract/strategies.ts';
import { comparedWith, namedRow, referencesOf, smallestOf } from '../../contract/comparison/outcome.ts';
import type { TournamentPlan, TournamentResult, TournamentRow } from '../../contract/comparison/tournament.ts';
import type { Interval } from '../../contract/comparison/shared.ts';
import { countedGroups, wordsFor } from '../../contract/groups.ts';
import { lossSentences } from './losses.ts';

/**
 * Below this many patients in a class, intervals that call themselves 95 % hold the truth visibly less often: in 500 drawn
 * studies with an AUROC of 0.95 the difference of two networks was held in 94 % with 20 patients in each class, in 85 %
 * with 10, in 61 % with 5.
 */
const FEW_PATIENTS = 20;

type Result = Omit<TournamentResult, 'verdict'>;

/**
 * What a tournament shows: a sentence about the smallest model that is non-inferior, and after it what weakens that, namely
 * several comparisons, what got worse though AUROC did not, failed runs, few patients. With several sources it is about the one whose reference ranks best, for
 * a weak reference is easily matched. Each row is judged by its own interval, as the margin was chosen for it; because the
 * smallest of several is picked, it is also said whether that stands after Holm's correction for all of them.
 */
export function tournamentVerdict(plan: TournamentPlan, result: Result): string {
  const [best, ...others] = referencesOf(result);
  const outcome = best ? against(best, others.length > 0, { plan, result }) : withoutReference(plan, result);
  return [outcome, ...reservations(result)].join(' ');
}

function withoutReference({ reference }: TournamentPlan, { rows }: Result): string {
  const runs = total(rows, 'runs');
  if (total(rows, 'failures') === runs) return `All ${count(runs, 'run')} failed: there is nothing to compare.`;
  return `${STRATEGIES[reference].title}, the reference, has no tested run, so that no model can be compared with it.`;
}

function against(
  reference: TournamentRow,
  several: boolean,
  { plan, result }: { plan: TournamentPlan; result: Result },
): string {
  const title = namedRow(reference, several);
  const rows = comparedWith(reference, result);
  const standing = `${title} (${scaled(reference.parameters)} parameters, AUROC ${withInterval(reference.aurocInterval, plan)})`;
  if (rows.length === 0) return `Only the reference was run, ${standing}: there is nothing to compare it with.`;

  const smaller = rows.filter(({ parameters }) => parameters < reference.parameters);
  const winner = smallestOf(rows, reference);
  if (winner) {
    return [
      `The smallest model that is non-inferior to ${title} is ${namedRow(winner, several)}:`,
      `${scaled(winner.parameters)} parameters, ${percent(winner.parameters / reference.parameters)} of the reference’s ${scaled(reference.parameters)};`,
      `AUROC ${withInterval(winner.aurocInterval, plan)},`,
      `${winner.verdict === 'superior' ? 'superior by' : 'a difference of'} ${signed(winner.difference!.value)} (${range(winner.difference!)}) where a loss of ${plan.margin} was allowed,`,
      `on ${countedGroups(winner.comparison!.patients, result.grouping)}.`,
      ...corrected(winner, result),
      ...(winner.against ? lossSentences(winner.against, 1 - plan.confidence) : []),
    ].join(' ');
  }
  const better = rows.filter((row) => row.verdict === 'superior').map((row) => namedRow(row, several));
  return [
    `No smaller model is shown to be non-inferior to ${standing} with a margin of ${plan.margin} on ${countedGroups(result.patients, result.grouping)}: the reference stands.`,
    ...(smaller.length === 0 ? ['None of the models compared is smaller.'] : [tally(smaller, result)]),
    ...(better.length === 0 ? [] : [`Superior without being smaller: ${better.join(', ')}.`]),
  ].join(' ');
}

function corrected({ comparison }: TournamentRow, { comparisons, grouping }: Result): string[] {
  if (comparisons < 2) return [];
  const models = `${comparisons} models were compared`;
  return comparison!.afterHolm
    ? [`${models}; this holds after Holm’s correction for all of them.`]
    : [
        `${models}; after Holm’s correction for all of them this no longer holds: confirm it on other ${wordsFor(grouping).many}.`,
      ];
}

function tally(rows: readonly TournamentRow[], { grouping }: Result): string {
  const parts = (['inferior', 'inconclusive', 'failed'] as const).flatMap((verdict) => {
    const number = rows.filter((row) => row.verdict === verdict).length;
    return number === 0 ? [] : [`${number} ${verdict}`];
  });
  const more = rows.some(({ verdict }) => verdict === 'inconclusive')
    ? `; more ${wordsFor(grouping).many} could decide`
    : '';
  return `Of ${count(rows.length, 'smaller model')}: ${parts.join(', ')}${more}.`;
}

function reservations({ rows, comparisons, patientsOfRarestClass, grouping }: Result): string[] {
  const failures = total(rows, 'failures');
  return [
    failures > 0 &&
      `${failures} of ${count(total(rows, 'runs'), 'run')} failed; a model of which a run failed is not called non-inferior.`,
    comparisons > 0 &&
      patientsOfRarestClass < FEW_PATIENTS &&
      `With ${countedGroups(patientsOfRarestClass, grouping)} of the rarest class the intervals are too narrow: take this as a first look.`,
  ].filter((part) => part !== false);
}

const total = (rows: readonly TournamentRow[], what: 'runs' | 'failures') =>
  rows.reduce((sum, row) => sum + row[what], 0);

function withInterval(interval: Interval | null, { confidence }: TournamentPlan): string {
  if (interval === null) return 'not defined';
  return `${interval.value.toFixed(4)} (${Number((100 * confidence).toFixed(2))} % interval ${range(interval)})`;
}

const range = ({ low, high }: Interval) => `${signless(low)} to ${signless(high)}`;
const signless = (value: number) => value.toFixed(4).replace('-', '−');
const signed = (value: number) => `${value > 0 ? '+' : ''}${signless(value)}`;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const count = (number: number, noun: string) => `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
const scaled = (parameters: number) =>
  parameters < 1e6 ? parameters.toLocaleString('en') : `${(parameters / 1e6).toFixed(3)} M`;
