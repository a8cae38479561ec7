import type { Command } from 'commander';
import { withEngine } from '../session.ts';
import { table } from '../text/table.ts';
import { duration, metric } from '../text/units.ts';

export function addCurves(program: Command): void {
  program
    .command('curves')
    .argument('<ids...>', 'runs, as `cutpoint runs` lists them')
    .action((ids: string[], _options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const runs = await client.call('run.curves', { ids }, { signal });
        for (const id of ids.filter((each) => !runs.some((run) => run.id === each)))
          output.note(`There is no run '${id}' that can be read in this workspace.`);
        output.result(runs, () =>
          table(
            [
              { title: 'Run' },
              { title: 'Epoch', align: 'right' },
              { title: 'Loss', align: 'right' },
              { title: 'Validation loss', align: 'right' },
              { title: 'AUROC', align: 'right' },
              { title: 'AUPRC', align: 'right' },
              { title: 'Learning rate', align: 'right' },
              { title: 'Took', align: 'right' },
              { title: '' },
            ],
            runs.flatMap(({ id, bestEpoch, epochs }) =>
              epochs.map((epoch) => [
                id,
                String(epoch.epoch),
                epoch.trainLoss.toFixed(4),
                epoch.validationLoss.toFixed(4),
                metric(epoch.validationAuroc),
                metric(epoch.validationAuprc),
                epoch.learningRate.toPrecision(3),
                duration(epoch.seconds),
                epoch.epoch === bestEpoch ? 'best' : '',
              ]),
            ),
          ),
        );
      }),
    );
}
