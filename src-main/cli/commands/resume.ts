import type { Command } from 'commander';
import type { MovedFolders } from '../../contract/data.ts';
import { CutpointError } from '../../contract/errors.ts';
import type { InputOf } from '../../contract/index.ts';
import { trainingPlan } from '../../contract/plan.ts';
import { follow } from '../follow.ts';
import { followComparison } from '../followComparison.ts';
import { defined } from '../options/data.ts';
import { NumericOption } from '../options/numeric.ts';
import { openTestOption, type OpenTestOptions } from '../options/openTest.ts';
import { isComparison } from '../known.ts';
import { showCount } from '../progress.ts';
import { withEngine, type Session } from '../session.ts';
import { showComparison } from '../showComparison.ts';
import { showRun } from '../showRun.ts';
import { pathOf } from '../../userPath.ts';

interface ResumeOptions extends OpenTestOptions {
  batch?: number;
  data?: string;
  testData?: string;
}

export function addResume(program: Command): void {
  program
    .command('resume')
    .argument('<id>', 'run or comparison, as `cutpoint runs` and `cutpoint comparisons` list them')
    .addOption(
      new NumericOption(
        '--batch <n>',
        'begin with another batch size, if no epoch was finished; the results are those of that size',
        { one: trainingPlan.shape.batch.unwrap() },
      ),
    )
    .option('--data <dir>', 'where the images are now, if their folder was moved; each is compared with what it was')
    .option('--test-data <dir>', 'the same for a separate test folder')
    .addOption(openTestOption())
    .action((id: string, { batch, data, testData, openTest }: ResumeOptions, command: Command) =>
      withEngine(command, async (session) => {
        const folders = defined({
          data: data === undefined ? undefined : pathOf(data),
          test: testData === undefined ? undefined : pathOf(testData),
        });
        if (!(await isComparison(session, id))) return resumeRun(session, id, { folders, batch, openTest });
        if (batch !== undefined) throw fixedBatch(id);
        return resumeComparison(session, id, { folders, openTest });
      }),
    );
}

interface Resuming extends Pick<ResumeOptions, 'openTest' | 'batch'> {
  folders: MovedFolders;
}

/** Has the images compared with what they were, and noted where they lie; false where no folder is named. */
async function move(
  { client, output, signal }: Session,
  of: InputOf<'data.move'>['of'],
  folders: MovedFolders,
): Promise<boolean> {
  if (Object.keys(folders).length === 0) return false;
  await client.call('data.move', { of, ...folders }, { signal, onProgress: showCount(output, 'comparing', 'images') });
  return true;
}

/** Continues a comparison. One that is finished is shown where its images were moved: they are found again. */
async function resumeComparison(session: Session, id: string, { folders, openTest }: Resuming): Promise<void> {
  if (await move(session, { comparison: id }, folders)) {
    const found = await session.client.call('comparison.get', { id });
    const finished = found.status === 'completed' && found.cells.every(({ status }) => status === 'completed');
    if (finished) return showComparison(session, found, openTest);
  }
  const resumed = await session.client.call('comparison.resume', { id }, { signal: session.signal });
  await showComparison(session, await followComparison(session, resumed), openTest);
}

/** The same for a run. */
async function resumeRun(session: Session, id: string, { folders, batch, openTest }: Resuming): Promise<void> {
  if (await move(session, { run: id }, folders)) {
    const found = await session.client.call('run.get', { id });
    if (found.status === 'completed') return showRun(session, found, openTest);
  }
  const input = { id, ...(batch === undefined ? {} : { batch }) };
  const resumed = await session.client.call('run.resume', input, { signal: session.signal });
  await showRun(session, await follow(session, resumed), openTest);
}

const fixedBatch = (id: string): CutpointError =>
  new CutpointError(
    'INPUT_INVALID',
    `${id} is a comparison: all its runs have the batch size that it was started with.`,
    {
      remedy: 'Resume it without --batch, or start another comparison.',
    },
  );
