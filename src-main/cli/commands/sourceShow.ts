import type { Command } from 'commander';
import { withEngine } from '../session.ts';
import { describeOneSource } from '../text/source.ts';

export function addSourceShow(source: Command): void {
  source
    .command('show')
    .description('one source: how it was trained, what it descends from, its figures; or its model card')
    .argument('<name>', 'as `cutpoint sources` lists it')
    .option('--card', 'the model card in Markdown', false)
    .action((name: string, { card }: { card: boolean }, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const found = await client.call('source.get', { name }, { signal });
        output.result(found, () => (card ? found.card.trimEnd() : describeOneSource(found.source)));
      }),
    );
}
