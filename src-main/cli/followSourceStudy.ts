import { CutpointError } from '../contract/errors.ts';
import type { SourceStudySummary } from '../contract/sourceStudy.ts';
import { follow, quoted } from './follow.ts';
import { followComparison } from './followComparison.ts';
import type { Session } from './session.ts';

/** Milliseconds until it is asked again how far a study is. */
const PAUSE = 300;

/**
 * Shows the progress of a source study, part by part, until none of it trains or waits any more. A part that failed is named,
 * and the rest goes on.
 * @throws CutpointError CANCELLED at Ctrl-C, ENGINE_CRASHED; the remedy is how to continue
 */
export async function followSourceStudy(session: Session, id: string): Promise<SourceStudySummary> {
  const { client, output } = session;
  const followed = new Set<string>();
  for (;;) {
    const study = await client.call('sourceStudy.get', { id });
    const next = nextOf(study);
    if (next === undefined && study.status !== 'running') return study;
    if (next === undefined) {
      // Between two parts: data are read, a source is made.
      await new Promise((done) => setTimeout(done, PAUSE));
      if (session.signal.aborted) throw ended(session, id, session.signal.reason);
      continue;
    }
    const { kind, part, title } = next;
    if (!followed.has(part)) output.note(`${title}: ${kind} ${part}`);
    followed.add(part);
    const over =
      kind === 'run'
        ? follow(session, await client.call('run.get', { id: part }))
        : followComparison(session, await client.call('comparison.get', { id: part }));
    await over.catch((thrown: unknown) => {
      const { code, message } = CutpointError.from(thrown);
      if (code === 'CANCELLED' || code === 'ENGINE_CRASHED' || code === 'CONNECTION_LOST')
        throw ended(session, id, thrown);
      output.note(`${title}: ${message}`);
    });
  }
}

/** Why it is not followed any longer, and how it is continued. */
function ended({ workspace, joined }: Session, id: string, cause: unknown): CutpointError {
  const { code, message } = CutpointError.from(cause);
  const remedy = `Continue with: cutpoint --workspace ${quoted(workspace)} source-study resume ${id}`;
  const cancelled = joined
    ? `Source study ${id} continues in the engine that has the workspace open.`
    : `Source study ${id} was interrupted; its finished runs are kept.`;
  const isCrash = code === 'ENGINE_CRASHED' || code === 'CONNECTION_LOST';
  return new CutpointError(isCrash ? code : 'CANCELLED', isCrash ? message : cancelled, { remedy, details: { id }, cause }); // prettier-ignore
}

/** What of a study trains, or else the first that waits. */
function nextOf({ pretraining, members }: SourceStudySummary) {
  const parts = [
    ...pretraining.flatMap(({ source, backbone, run, status }) =>
      run === null ? [] : [{ kind: 'run' as const, part: run, title: `Source ${source}, ${backbone}`, status }],
    ),
    ...members.map(({ target, backbone, comparison, status }) => {
      return { kind: 'comparison' as const, part: comparison, title: `${target}, ${backbone}`, status };
    }),
  ];
  return (
    parts.find(({ status }) => status === 'running' || status === 'paused') ??
    parts.find(({ status }) => status === 'queued')
  );
}
