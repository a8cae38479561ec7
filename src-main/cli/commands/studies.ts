import type { Command } from 'commander';
import { showDamaged, wholeOf, withDamaged } from '../damaged.ts';
import { withEngine } from '../session.ts';
import { table } from '../text/table.ts';
import { metric, moment, orNone, whole } from '../text/units.ts';

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
        if (list.length === 0)
          return 'No studies yet. `cutpoint study create` makes one, and so does the first run on a folder.';
        return table(
          [
            { title: 'Study' },
            { title: 'Name' },
            { title: 'Opened' },
            { title: 'Images', align: 'right' },
            { title: 'Runs', align: 'right' },
            { title: 'Comparisons', align: 'right' },
            { title: 'Best validation AUROC', align: 'right' },
            { title: 'Now' },
            { title: 'Folder' },
          ],
          list.map((study) => [
            study.id,
            study.name,
            moment(study.openedAt),
            study.data === null ? orNone(null) : whole(study.data.images),
            whole(study.runs),
            whole(study.comparisons),
            metric(study.best?.validationAuroc ?? null),
            study.active.map(({ title, status }) => `${title} (${status})`).join('; '),
            orNone(study.folder),
          ]),
        );
      });
    }),
  );
}
