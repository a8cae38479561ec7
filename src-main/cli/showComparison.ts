import type { ComparisonSummary } from '../contract/comparison/index.ts';
import type { Session } from './session.ts';
import { describeComparison } from './text/comparison.ts';

/** Shows a comparison as the result of a command. That its test figures are shown with it is noted in the log. */
export async function showComparison({ client, output }: Session, comparison: ComparisonSummary): Promise<void> {
  const { id, result } = comparison;
  const shown = result !== null && result.kind !== 'search';
  const testOpened = shown ? await client.call('comparison.openTest', { id }) : comparison.testOpened;
  output.result({ ...comparison, testOpened }, () => describeComparison(comparison));
}
