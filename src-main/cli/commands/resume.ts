import type { Command } from 'commander';
import { CutpointError } from '../../contract/errors.ts';
import { trainingPlan } from '../../contract/run.ts';
import { follow } from '../follow.ts';
import { followStudy } from '../followStudy.ts';
import { NumericOption } from '../options/numeric.ts';
import { showCount } from '../progress.ts';
import { withEngine, type Session } from '../session.ts';
import { describeRun } from '../text/run.ts';
import { describeStudy } from '../text/study.ts';
import { pathOf } from '../../userPath.ts';

interface ResumeOptions {
  batch?: number;
  data?: string;
  testData?: string;
}

export function addResume(program: Command): void {
  program
    .command('resume')
    .description('go on with an interrupted, paused or failed run from its last checkpoint, or with a study')
    .argument('<id>', 'run or study, as `cutpoint runs` and `cutpoint studies` list them')
    .addOption(
      new NumericOption(
        '--batch <n>',
        'begin with another batch size, where no epoch was finished; the numbers follow from it',
        { one: trainingPlan.shape.batch.unwrap() },
      ),
    )
    .option('--data <dir>', 'where the images lie now, if their folder was moved; each is compared with what it was')
    .option('--test-data <dir>', 'the same for a test folder of its own')
    .action((id: string, { batch, data, testData }: ResumeOptions, command: Command) =>
      withEngine(command, async (session) => {
        if (data !== undefined || testData !== undefined) {
          const { status } = await move(session, id, { data, test: testData });
          // Of a finished run its pictures are found again; there is nothing to go on with.
          if (status === 'completed') return showRun(session, id);
        }
        if (await isStudy(session, id)) await resumeStudy(session, id);
        else await resumeRun(session, id, batch);
      }),
    );
}

async function move(
  { client, output, signal }: Session,
  id: string,
  folders: { data?: string | undefined; test?: string | undefined },
) {
  const { data, test } = folders;
  const moved = {
    ...(data === undefined ? {} : { data: pathOf(data) }),
    ...(test === undefined ? {} : { test: pathOf(test) }),
  };
  const onProgress = showCount(output, 'comparing', 'images');
  return client.call('run.move', { id, ...moved }, { signal, onProgress });
}

async function showRun({ client, output }: Session, id: string): Promise<void> {
  const [run, sources] = [await client.call('run.get', { id }), await client.call('source.list', {})];
  output.result(run, () => describeRun(run, sources));
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

async function resumeRun(session: Session, id: string, batch?: number): Promise<void> {
  const input = { id, ...(batch === undefined ? {} : { batch }) };
  const resumed = await session.client.call('run.resume', input, { signal: session.signal });
  const run = await follow(session, resumed);
  const sources = await session.client.call('source.list', {});
  session.output.result(run, () => describeRun(run, sources));
}
