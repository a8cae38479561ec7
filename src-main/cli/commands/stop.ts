import type { Command } from 'commander';
import { CutpointError } from '../../contract/errors.ts';
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
      withEngine(command, async ({ client, output, signal }) => {
        const study = await client.call('study.get', { id }, { signal }).catch((thrown: unknown) => {
          if (CutpointError.from(thrown).code === 'STUDY_UNKNOWN') return null;
          throw thrown;
        });
        const sources = await client.call('source.list', {}, { signal });
        if (study) {
          const stopped = await client.call('study.stop', { id }, { signal });
          return output.result(stopped, () => describeStudy(stopped));
        }
        const run = await client.call('run.stop', { id }, { signal });
        output.result(run, () => describeRun(run, sources));
      }),
    );
}
