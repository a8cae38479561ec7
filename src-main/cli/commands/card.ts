import type { Command } from 'commander';
import { withEngine } from '../session.ts';
import { pathOf } from '../../userPath.ts';

export function addCard(program: Command): void {
  program
    .command('card')
    .argument('<export>', 'path of an export')
    .option('--certificate', 'the certificate, which is for programs, instead', false)
    .action((path: string, { certificate }: { certificate: boolean }, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const texts = await client.call('model.documents', { path: pathOf(path) }, { signal });
        output.result(texts, () => (certificate ? texts.certificate : texts.card)?.trimEnd() ?? 'There is none.');
      }),
    );
}
