import type { Command } from 'commander';
import { queueMethods } from '../../contract/queue.ts';
import { CutpointError } from '../../contract/errors.ts';
import { NumericOption } from '../options/numeric.ts';
import { withEngine } from '../session.ts';
import { table } from '../text/table.ts';

const place = queueMethods['queue.move'].input.shape.to;

export function addQueue(program: Command): void {
  program
    .command('queue')
    .argument('[id]', 'run or comparison that waits')
    .addOption(new NumericOption('--to <n>', 'its new place among those that wait', { one: place }))
    .action((id: string | undefined, { to }: { to?: number }, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        if ((id === undefined) !== (to === undefined)) {
          throw new CutpointError('INPUT_INVALID', 'To move what waits, its id and --to are both needed.', {
            remedy: '`cutpoint queue` lists what waits; `cutpoint queue ID --to 1` puts it first.',
          });
        }
        const queue =
          id === undefined || to === undefined
            ? await client.call('queue.list', {}, { signal })
            : await client.call('queue.move', { id, to }, { signal });
        output.result(queue, () => {
          if (queue.length === 0) return 'Nothing trains, and nothing waits.';
          return table(
            [{ title: 'Place', align: 'right' }, { title: 'What' }, { title: 'Status' }, { title: 'ID' }],
            queue.map(({ kind, id, status }, at) => [
              status === 'queued' ? String(at - queue.findIndex((each) => each.status === 'queued') + 1) : '',
              kind,
              status,
              id,
            ]),
          );
        });
      }),
    );
}
