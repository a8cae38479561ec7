import { CutpointError } from '../contract/errors.ts';
import type { SourceStudySummary, StudyMember } from '../contract/sourceStudy.ts';
import { quoted } from './follow.ts';
import { followComparison } from './followComparison.ts';
import type { Session } from './session.ts';

/**
 * Shows the progress of a source study, tournament by tournament, until none of them trains or waits any more. One that failed
 * is named, and the rest goes on.
 * @throws CutpointError CANCELLED at Ctrl-C, ENGINE_CRASHED; the remedy is how to continue
 */
export async function followSourceStudy(session: Session, id: string): Promise<SourceStudySummary> {
  const { client, output, workspace } = session;
  const remedy = `Continue with: cutpoint --workspace ${quoted(workspace)} source-study resume ${id}`;
  const followed = new Set<string>();
  for (;;) {
    const study = await client.call('sourceStudy.get', { id });
    const member = nextOf(study.members);
    if (member === undefined) return study;
    const { comparison, target, backbone } = member;
    if (!followed.has(comparison)) output.note(`${target}, ${backbone}: comparison ${comparison}`);
    followed.add(comparison);
    await followComparison(session, await client.call('comparison.get', { id: comparison })).catch(
      (thrown: unknown) => {
        const { code, message, details } = CutpointError.from(thrown);
        if (code === 'CANCELLED') {
          const sentence = session.joined
            ? `Source study ${id} continues in the engine that has the workspace open.`
            : `Source study ${id} was interrupted; its finished runs are kept.`;
          throw new CutpointError(code, sentence, { remedy, details: { id }, cause: thrown });
        }
        if (code === 'ENGINE_CRASHED' || code === 'CONNECTION_LOST')
          throw new CutpointError(code, message, { remedy, details: { ...details, id }, cause: thrown });
        output.note(`${target}, ${backbone}: ${message}`);
      },
    );
  }
}

/** The one that trains, or else the first that waits. */
const nextOf = (members: readonly StudyMember[]): StudyMember | undefined =>
  members.find(({ status }) => status === 'running' || status === 'paused') ??
  members.find(({ status }) => status === 'queued');
