import { titleOf } from '../strategies.ts';
import { lossesOf } from './pair.ts';
import type { TournamentResult, TournamentRow } from './tournament.ts';

type Rows = Pick<TournamentResult, 'rows'>;
type Compared = Rows & Pick<TournamentResult, 'comparisons'>;

/** The rows that others were compared with, one for each source, the one of the best AUROC first. */
export const referencesOf = ({ rows }: Rows): TournamentRow[] =>
  rows
    .filter(({ verdict }) => verdict === 'reference')
    .toSorted((a, b) => (b.aurocInterval?.value ?? 0) - (a.aurocInterval?.value ?? 0));

/** What was compared with a reference: rows of its source; with the best of several also those whose source has none. */
export function comparedWith(reference: TournamentRow, { rows }: Rows): TournamentRow[] {
  const references = rows.filter(({ verdict }) => verdict === 'reference');
  const best = referencesOf({ rows })[0] === reference;
  return rows.filter(
    ({ source, verdict }) =>
      verdict !== 'reference' &&
      (source === reference.source || (best && !references.some((each) => each.source === source))),
  );
}

/** The smallest of the models that are smaller than the reference and non-inferior to it; undefined: none is. */
export const smallestOf = (rows: readonly TournamentRow[], reference: TournamentRow): TournamentRow | undefined =>
  rows
    .filter(({ verdict }) => verdict === 'not-inferior' || verdict === 'superior')
    .filter(({ parameters }) => parameters < reference.parameters)
    .sort((a, b) => a.parameters - b.parameters || b.difference!.value - a.difference!.value)[0];

/** A row in words; its source where there are several. */
export const namedRow = (row: TournamentRow, withSource: boolean): string =>
  withSource && row.source !== null ? `${titleOf(row)} from ${row.source}` : titleOf(row);

/** What came out of a tournament without a figure of test images, for lists. */
export function outcomeOf(result: Compared): string {
  const [reference, ...others] = referencesOf(result);
  if (!reference) return 'nothing to compare with';
  const rows = comparedWith(reference, result);
  const [several, title] = [others.length > 0, namedRow(reference, others.length > 0)];
  if (rows.length === 0) return `only ${title} was run`;
  const smallest = smallestOf(rows, reference);
  const corrected = result.comparisons < 2 || smallest?.comparison?.afterHolm ? '' : ', not after Holm’s correction';
  const lost = smallest?.against ? lossesOf(smallest.against).map((each) => `‘${each.class}’`) : [];
  const but = lost.length === 0 ? '' : `, but finds fewer of ${lost.join(' and ')}`;
  return smallest
    ? `${namedRow(smallest, several)}: smaller than ${title}, and non-inferior${corrected}${but}`
    : `no smaller model is shown to be non-inferior to ${title}`;
}
