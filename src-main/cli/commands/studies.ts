import type { Command } from 'commander';
import { showDamaged, wholeOf, withDamaged } from '../damaged.ts';
import { withEngine } from '../session.ts';
import { table } from '../text/table.ts';
import { moment, orNone } from '../text/units.ts';

export function addStudies(program: Command): void {
  program.command('studies').action((_options, command: Command) =>
    withEngine(command, async ({ client, output, signal }) => {
      const [studies, damaged] = await Promise.all([
        client.call('study.list', {}, { signal }),
        client.call('storage.damaged', { kinds: ['study'] }, { signal }),
      ]);
      const list = wholeOf(studies, damaged);
      showDamaged(output, damaged);
      output.result(withDamaged(list, damaged), () => {
        if (list.length === 0) return 'No studies yet. `cutpoint tournament` and `cutpoint search` start one.';
        return table(
          [
            { title: 'Study' },
            { title: 'Kind' },
            { title: 'Status' },
            { title: 'Started' },
            { title: 'Backbone' },
            { title: 'Runs', align: 'right' },
            { title: 'Failed', align: 'right' },
            { title: 'Result' },
          ],
          list.map((study) => [
            study.id,
            study.kind,
            study.status,
            moment(study.createdAt),
            study.backbone,
            String(study.runs),
            String(study.failed),
            orNone(study.result),
          ]),
        );
      });
    }),
  );
}
