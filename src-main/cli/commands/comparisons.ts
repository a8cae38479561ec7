import type { Command } from 'commander';
import { showDamaged, wholeOf, withDamaged } from '../damaged.ts';
import { withEngine } from '../session.ts';
import { resultOf } from '../text/comparison.ts';
import { table } from '../text/table.ts';
import { moment } from '../text/units.ts';

export function addComparisons(program: Command): void {
  program.command('comparisons').action((_options, command: Command) =>
    withEngine(command, async ({ client, output, signal }) => {
      const [comparisons, damaged] = await Promise.all([
        client.call('comparison.list', {}, { signal }),
        client.call('storage.damaged', { kinds: ['comparison'] }, { signal }),
      ]);
      const list = wholeOf(comparisons, damaged);
      showDamaged(output, damaged);
      output.result(withDamaged(list, damaged), () => {
        if (list.length === 0) return 'No comparisons yet. `cutpoint tournament` and `cutpoint search` start one.';
        return table(
          [
            { title: 'Comparison' },
            { title: 'Kind' },
            { title: 'Status' },
            { title: 'Started' },
            { title: 'Backbone' },
            { title: 'Runs', align: 'right' },
            { title: 'Failed', align: 'right' },
            { title: 'Result' },
          ],
          list.map((comparison) => [
            comparison.id,
            comparison.kind,
            comparison.status,
            moment(comparison.createdAt),
            comparison.backbone,
            String(comparison.runs),
            String(comparison.failed),
            resultOf(comparison),
          ]),
        );
      });
    }),
  );
}
