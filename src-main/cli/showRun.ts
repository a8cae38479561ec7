import type { RunSummary } from '../contract/run.ts';
import type { Session } from './session.ts';
import { describeRun } from './text/run.ts';

/** Shows a run as the result of a command. That its test figures are shown with it is noted in the log. */
export async function showRun({ client, output }: Session, run: RunSummary): Promise<void> {
  const sources = await client.call('source.list', {});
  const testOpened = run.test === null ? run.testOpened : await client.call('run.openTest', { id: run.id });
  output.result({ ...run, testOpened }, () => describeRun(run, sources));
}
