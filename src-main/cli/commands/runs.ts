import type { Command } from 'commander';
import { rowsOf } from '../../contract/table.ts';
import { showDamaged, wholeOf, withDamaged } from '../damaged.ts';
import { withEngine } from '../session.ts';
import { describeSource } from '../text/source.ts';
import { table } from '../text/table.ts';
import { metric, moment, scaled } from '../text/units.ts';

export function addRuns(program: Command): void {
  program.command('runs').action((_options, command: Command) =>
    withEngine(command, async ({ client, output, signal }) => {
      const [runs, sources, damaged] = await Promise.all([
        client.call('run.list', {}, { signal }),
        client.call('source.list', {}, { signal }),
        client.call('storage.damaged', { kinds: ['run'] }, { signal }),
      ]);
      const list = wholeOf(rowsOf(runs), damaged);
      showDamaged(output, damaged);
      output.result(withDamaged(list, damaged), () => {
        if (list.length === 0) return 'No runs yet. `cutpoint train` starts one.';
        return table(
          [
            { title: 'Run' },
            { title: 'Name' },
            { title: 'Status' },
            { title: 'Started' },
            { title: 'Backbone' },
            { title: 'Network' },
            { title: 'Source' },
            { title: 'Parameters', align: 'right' },
            { title: 'Epochs', align: 'right' },
            { title: 'Validation AUROC', align: 'right' },
            { title: 'Validation AUPRC', align: 'right' },
          ],
          list.map((run) => [
            run.id,
            `${run.starred ? '* ' : ''}${run.name ?? ''}`,
            run.status,
            moment(run.createdAt),
            run.backbone,
            run.network,
            describeSource(run.source, sources),
            scaled(run.parameters),
            `${run.epochs} of ${run.plannedEpochs}`,
            metric(run.validationAuroc),
            metric(run.validationAuprc),
          ]),
        );
      });
    }),
  );
}
