import type { Command } from 'commander';
import type { TrainingPlan, TrainingPlanInput } from '../contract/plan.ts';
import type { RunSummary } from '../contract/run.ts';
import { withAutomaticBatch } from './automaticBatch.ts';
import { noteDoubts } from './doubts.ts';
import { tellEstimate } from './estimate.ts';
import { follow } from './follow.ts';
import type { OpenTestOptions } from './options/openTest.ts';
import { namedStudy } from './options/study.ts';
import { suggestRun } from './options/suggested.ts';
import { namesSource } from './options/train.ts';
import { showCount } from './progress.ts';
import { knownTo, type Session } from './session.ts';
import { showRun } from './showRun.ts';
import { bytes, counted } from './text/units.ts';

export type StartOptions = OpenTestOptions & { estimate?: true };

/** Starts the run that the command line describes, with what it leaves open filled in, and follows it to its end. */
export async function startRun(
  session: Session,
  command: Command,
  plan: TrainingPlan,
  options: StartOptions,
): Promise<void> {
  const { client, signal, output } = session;
  const onProgress = showCount(output, 'reading', 'files');
  const suggested = suggestRun(plan, await knownTo(client), { source: namesSource(command) });
  if (suggested.said) output.note(suggested.said);
  const settled = await withAutomaticBatch(session, command, suggested.plan);
  if (options.estimate) return tellEstimate(session, 'run.estimate', settled);
  await tellMemory(session, settled);
  const named = { ...settled, ...namedStudy(command) };
  const started = await client.call('run.start', named, { signal, onProgress });
  output.note(`run ${started.id}`);
  noteDoubts(output, started, started.plan);
  await noteSeen(session, started);
  await showRun(session, await follow(session, started), options.openTest);
}

/** Share of the memory from which on its use is worth a line. */
const NEAR = 0.6;

/** Says before the start how near training comes to the memory there is; what does not fit is refused by the start. */
export async function tellMemory({ client, output, signal }: Session, plan: TrainingPlanInput): Promise<void> {
  const estimate = await client.call('run.memory', plan, { signal });
  if (!estimate?.fits || estimate.bytes < NEAR * estimate.room) return;
  output.note(
    `memory: training needs about ${bytes(estimate.bytes)} of ${bytes(estimate.room)}; the largest batch that fits is ${estimate.batch}`,
  );
}

/** Says how many images of a study its source has seen before. */
async function noteSeen({ client, output }: Session, { id, plan }: RunSummary): Promise<void> {
  const seen = plan.source === null ? null : await client.call('source.overlap', { run: id });
  if (!seen) return;
  const parts = `${seen.train} to train on, ${seen.validation} to validate on, ${seen.test} to test on`;
  output.note(
    `warning [SOURCE_OVERLAP]${seen.test > 0 ? ', accepted' : ''}: the source '${seen.source}' was trained on ${counted(seen.images, 'image')} of this study: ${parts}`,
  );
}
