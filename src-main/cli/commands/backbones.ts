import type { Command } from 'commander';
import { summarise } from '../../backbone/inspect.ts';
import { backbones } from '../../backbone/zoo/index.ts';
import { outputOf } from '../session.ts';
import { table } from '../text/table.ts';
import { scaled } from '../text/units.ts';

/** Needs no engine: it works while a window has the workspace open. */
export function addBackbones(program: Command): void {
  program.command('backbones').action((_options, command: Command) => {
    const list = backbones.map(summarise);
    outputOf(command).result(list, () =>
      table(
        [
          { title: 'Name' },
          { title: 'Title' },
          { title: 'Layer names of' },
          { title: 'Input', align: 'right' },
          { title: 'Parameters', align: 'right' },
          { title: 'MACs', align: 'right' },
          { title: 'Paper' },
        ],
        list.map(({ name, title, library, input, parameters, macs, paper }) => [
          name,
          title,
          library,
          `${input} px`,
          scaled(parameters),
          scaled(macs),
          paper,
        ]),
      ),
    );
  });
}
