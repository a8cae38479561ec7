import type { ComparisonSummary } from '../contract/comparison/index.ts';
import type { Session } from './session.ts';
import { describeComparison } from './text/comparison.ts';

/** Shows a comparison as the result of a command. @param openTest opens its test figures before, for this reason */
export async function showComparison(
  session: Session,
  comparison: ComparisonSummary,
  openTest?: string,
): Promise<void> {
  const shown = openTest === undefined ? comparison : await opened(session, comparison, openTest);
  session.output.result(shown, () => describeComparison(shown));
}

/** Nothing is opened, nor noted, where there is no result of test images. */
async function opened({ client }: Session, comparison: ComparisonSummary, reason: string): Promise<ComparisonSummary> {
  const { id, sealed, result } = comparison;
  if (!sealed && (result === null || result.kind === 'search')) return comparison;
  await client.call('comparison.openTest', { id, reason });
  return client.call('comparison.get', { id });
}
