import type { Command } from 'commander';
import { showDamaged, withDamaged } from '../damaged.ts';
import { withEngine } from '../session.ts';
import { table } from '../text/table.ts';
import { moment, whole } from '../text/units.ts';

export function addDatasets(program: Command): void {
  program.command('datasets').action((_options, command: Command) =>
    withEngine(command, async ({ client, output, signal }) => {
      const list = await client.call('storage.datasets', {}, { signal });
      const damaged = await client.call('storage.damaged', { kinds: ['dataset'] }, { signal });
      showDamaged(output, damaged);
      output.result(withDamaged(list, damaged), () => {
        if (list.length === 0) return 'No datasets yet: one is stored when a run or a comparison starts.';
        return table(
          [
            { title: 'Dataset' },
            { title: 'Stored' },
            { title: 'Images', align: 'right' },
            { title: 'Runs', align: 'right' },
            { title: 'Comparisons', align: 'right' },
            { title: 'Folder' },
          ],
          list.map(({ id, createdAt, images, runs, comparisons, folder }) => [
            ...[id, moment(createdAt), whole(images), whole(runs), whole(comparisons), folder],
          ]),
        );
      });
    }),
  );
}
