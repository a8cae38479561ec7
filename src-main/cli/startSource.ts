import type { Command } from 'commander';
import { CutpointError, ERROR_CODES, type ErrorCode } from '../contract/errors.ts';
import type { TrainingPlan } from '../contract/plan.ts';
import { withAutomaticBatch } from './automaticBatch.ts';
import type { TrainSourceOptions } from './commands/sourceTrain.ts';
import { noteDoubts } from './doubts.ts';
import { tellEstimate } from './estimate.ts';
import { follow } from './follow.ts';
import { namedStudy } from './options/study.ts';
import { suggestNetwork } from './options/suggested.ts';
import { namesSource } from './options/train.ts';
import { showCount } from './progress.ts';
import { knownTo, type Session } from './session.ts';
import { tellMemory } from './startRun.ts';
import { describeOneSource } from './text/source.ts';

/** Starts the run that becomes a source, follows it to its end, and shows the source. */
export async function startSource(
  session: Session,
  command: Command,
  plan: TrainingPlan,
  { name, nature, estimate }: TrainSourceOptions,
): Promise<void> {
  const { client, signal, output } = session;
  if (plan.backbone === '' && plan.source === null) {
    throw new CutpointError('INPUT_INVALID', 'No network is named that could be trained.', {
      remedy: 'Name one with --backbone, see `cutpoint backbones`; or begin with a source, --source.',
    });
  }
  const { said, ...network } = suggestNetwork(plan, await knownTo(client), { source: namesSource(command) });
  if (said) output.note(said);
  const settled = await withAutomaticBatch(session, command, { ...plan, ...network });
  if (estimate) return tellEstimate(session, 'run.estimate', settled);
  await tellMemory(session, settled);
  const onProgress = showCount(output, 'reading', 'files');
  const asked = { ...settled, ...namedStudy(command), name, nature };
  const started = await client.call('source.train', asked, { signal, onProgress });
  output.note(`run ${started.id}`);
  noteDoubts(output, started, started.plan);
  const run = await follow(session, started);
  const left = (await client.call('source.wishes', {})).find((wish) => wish.run === run.id);
  if (left) throw notMade(run.id, run.status, left.failure);
  const found = await client.call('source.get', { name }, { signal });
  output.result(found, () => describeOneSource(found.source));
}

/** What was trained is kept, and can be taken over. */
function notMade(
  id: string,
  status: string,
  failure: { code: string; message: string; remedy?: string | undefined } | null,
): CutpointError {
  const code = failure && failure.code in ERROR_CODES ? (failure.code as ErrorCode) : 'RUN_STATE';
  return new CutpointError(code, failure?.message ?? `The run ${id} is ${status}, and did not become a source.`, {
    remedy: `The run ${id} is kept: \`cutpoint source train --from-run ${id} --name NAME\` takes over its backbone.`,
    details: { id },
  });
}
