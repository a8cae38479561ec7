import type { RunSummary } from '../contract/run.ts';
import type { Session } from './session.ts';
import { describeRun } from './text/run.ts';

/** Shows a run as the result of a command. @param openTest opens its test set before, for this reason */
export async function showRun(session: Session, run: RunSummary, openTest?: string): Promise<void> {
  const { client, output } = session;
  const sources = await client.call('source.list', {});
  const shown = openTest === undefined ? run : await opened(session, run, openTest);
  output.result(shown, () => describeRun(shown, sources));
}

/** Nothing is opened, nor noted, where nothing was tested. */
async function opened({ client }: Session, run: RunSummary, reason: string): Promise<RunSummary> {
  const { id, sealed, test } = run;
  if (!sealed && test === null) return run;
  await client.call('run.openTest', { id, reason });
  return client.call('run.get', { id });
}
