import type { Command } from 'commander';
import { CutpointError } from '../../contract/errors.ts';
import { follow } from '../follow.ts';
import { followStudy } from '../followStudy.ts';
import { withEngine, type Session } from '../session.ts';
import { describeRun } from '../text/run.ts';
import { describeStudy } from '../text/study.ts';

export function addResume(program: Command): void {
  program
    .command('resume')
    .description('go on with an interrupted, paused or failed run from its last checkpoint, or with a study')
    .argument('<id>', 'run or study, as `cutpoint runs` and `cutpoint studies` list them')
    .option('--batch <n>', 'begin with another batch size, where no epoch was finished; the numbers follow from it')
    .action((id: string, { batch }: { batch?: string }, command: Command) =>
      withEngine(command, async (session) => {
        if (await isStudy(session, id)) await resumeStudy(session, id);
        else await resumeRun(session, id, batch);
      }),
    );
}

async function isStudy({ client, signal }: Session, id: string): Promise<boolean> {
  try {
    await client.call('study.get', { id }, { signal });
    return true;
  } catch (thrown) {
    if (CutpointError.from(thrown).code === 'STUDY_UNKNOWN') return false;
    throw thrown;
  }
}

async function resumeStudy(session: Session, id: string): Promise<void> {
  const resumed = await session.client.call('study.resume', { id }, { signal: session.signal });
  const study = await followStudy(session, resumed);
  session.output.result(study, () => describeStudy(study));
}

async function resumeRun(session: Session, id: string, batch?: string): Promise<void> {
  const input = { id, ...(batch === undefined ? {} : { batch: batchOf(batch) }) };
  const resumed = await session.client.call('run.resume', input, { signal: session.signal });
  const run = await follow(session, resumed);
  const sources = await session.client.call('source.list', {});
  session.output.result(run, () => describeRun(run, sources));
}

function batchOf(text: string): number {
  const batch = Number(text);
  if (Number.isInteger(batch) && batch >= 1 && batch <= 1024) return batch;
  throw new CutpointError('INPUT_INVALID', `--batch is a whole number from 1 to 1024, not "${text}".`);
}
