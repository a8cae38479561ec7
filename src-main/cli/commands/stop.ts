import type { Command } from 'commander';
import { isStudy } from '../isStudy.ts';
import { withEngine } from '../session.ts';
import { describeRun } from '../text/run.ts';
import { describeStudy } from '../text/study.ts';

export function addStop(program: Command): void {
  program
    .command('stop')
    .argument('<id>', 'run or study, as `cutpoint runs` and `cutpoint studies` list them')
    .addHelpText(
      'after',
      `
A run ends after its current step, and its best epoch is tested and kept; a study keeps its finished runs. Both can be
resumed.`,
    )
    .action((id: string, _options, command: Command) =>
      withEngine(command, async (session) => {
        const { client, output, signal } = session;
        if (await isStudy(session, id)) {
          const study = await client.call('study.stop', { id }, { signal });
          return output.result(study, () => describeStudy(study));
        }
        const run = await client.call('run.stop', { id }, { signal });
        const sources = await client.call('source.list', {}, { signal });
        output.result(run, () => describeRun(run, sources));
      }),
    );
}
