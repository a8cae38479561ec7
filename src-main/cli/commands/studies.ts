import type { Command } from 'commander';
import type { StudySummary } from '../../contract/study/index.ts';
import { showDamaged, withDamaged } from '../damaged.ts';
import { withEngine } from '../session.ts';
import { table } from '../text/table.ts';
import { moment, orNone } from '../text/units.ts';

export function addStudies(program: Command): void {
  program
    .command('studies')
    .description('the studies in the workspace: tournaments, searches for the cut, learning curves')
    .action((_options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const list = await client.call('study.list', {}, { signal });
        const damaged = await client.call('storage.damaged', { kinds: ['study'] }, { signal });
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
              study.plan.base.backbone,
              String(study.cells.length),
              String(study.cells.filter(({ status }) => status === 'failed').length),
              orNone(inShort(study)),
            ]),
          );
        });
      }),
    );
}

function inShort({ result }: StudySummary): string | null {
  if (result?.kind === 'tournament') return result.verdict;
  return result?.kind === 'search' ? `cut at ${result.cut}` : null;
}
