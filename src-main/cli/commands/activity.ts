import type { Command } from 'commander';
import { activityMethods } from '../../contract/activity.ts';
import { NumericOption } from '../options/numeric.ts';
import { defined } from '../options/data.ts';
import { withEngine } from '../session.ts';
import { table } from '../text/table.ts';
import { moment } from '../text/units.ts';

const { before, limit } = activityMethods['activity.list'].input.shape;

const PURPOSES: Readonly<Record<string, string>> = {
  figures: 'figures',
  report: 'a report',
  card: 'the model card of an export',
  again: 'another test of a run that is continued after one',
};

export function addActivity(program: Command): void {
  program
    .command('activity')
    .addOption(new NumericOption('--limit <n>', 'how many lines at most', { one: limit }))
    .addOption(new NumericOption('--before <line>', 'only lines before this one of the log', { one: before.unwrap() }))
    .action((given: { limit?: number; before?: number }, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const found = await client.call('activity.list', defined(given), { signal });
        output.result(found, () => {
          const lines = table(
            [{ title: 'Line', align: 'right' }, { title: 'When' }, { title: 'What' }],
            found.entries.map(({ id, at, sentence, purpose, reason }) => [
              ...[
                String(id),
                moment(at),
                [sentence, purpose && `For: ${PURPOSES[purpose] ?? purpose}.`, reason && `Reason: ${reason}`]
                  .filter(Boolean)
                  .join(' '),
              ],
            ]),
          );
          return found.more ? `${lines}\n\nThere is more: --before ${found.entries.at(-1)!.id}` : lines;
        });
      }),
    );
}
