import type { Command } from 'commander';
import { plannedEpochs } from '../../contract/stages.ts';
import { describeTransfer } from '../../contract/strategies.ts';
import { showDamaged, withDamaged } from '../damaged.ts';
import { withEngine } from '../session.ts';
import { describeSource } from '../text/run.ts';
import { table } from '../text/table.ts';
import { metric, moment, scaled } from '../text/units.ts';

export function addRuns(program: Command): void {
  program
    .command('runs')
    .description('the runs in the workspace')
    .action((_options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const list = await client.call('run.list', {}, { signal });
        const sources = await client.call('source.list', {}, { signal });
        const damaged = await client.call('storage.damaged', { kinds: ['run'] }, { signal });
        showDamaged(output, damaged);
        output.result(withDamaged(list, damaged), () => {
          if (list.length === 0) return 'No runs yet. `cutpoint train` starts one.';
          return table(
            [
              { title: 'Run' },
              { title: 'Status' },
              { title: 'Started' },
              { title: 'Backbone' },
              { title: 'Network' },
              { title: 'Source' },
              { title: 'Parameters', align: 'right' },
              { title: 'Epochs', align: 'right' },
              { title: 'Test AUROC', align: 'right' },
              { title: 'Test AUPRC', align: 'right' },
            ],
            list.map(({ id, status, createdAt, plan, parameters, epochs, test }) => [
              id,
              status,
              moment(createdAt),
              plan.backbone,
              describeTransfer(plan),
              describeSource(plan.source, sources),
              scaled(parameters),
              `${epochs.length} of ${plannedEpochs(plan)}`,
              metric(test?.metrics.auroc ?? null),
              metric(test?.metrics.auprc ?? null),
            ]),
          );
        });
      }),
    );
}
