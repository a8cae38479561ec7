import { once } from 'node:events';
import { Option, type Command } from 'commander';
import { z } from 'zod';
import { NumericOption } from '../options/numeric.ts';
import { interruption, outputOf, workspaceOf } from '../session.ts';

export function addServe(program: Command): void {
  program
    .command('serve')
    .addOption(
      new NumericOption('--port <n>', 'port of 127.0.0.1; 0: any that is free', {
        ...{ one: z.int().min(0).max(65_535), standard: 'the first free one from 8471' },
      }),
    )
    .option('--open', 'open the default browser')
    .addOption(
      new Option('--link', 'print a new link to the window that is already served for the workspace').conflicts([
        'open',
        'port',
      ]),
    )
    .addHelpText(
      'after',
      `
The printed link holds a token that is good for one browser; \`cutpoint serve --link\`, in another terminal, prints one for
a further browser, or for one that was closed. For a server without a screen, forward the port first:
  ssh -L 8471:127.0.0.1:8471 SERVER`,
    )
    .action(async (options: { port?: number; open?: boolean; link?: boolean }, command: Command) => {
      const { port, open } = options;
      const output = outputOf(command);
      if (options.link) {
        const { askForLink } = await import('../../web/links.ts');
        const url = await askForLink(workspaceOf(command));
        return output.result({ url }, () => `Cutpoint is at ${url}\nThe link works once; earlier ones no longer do.`);
      }
      const { signal, forget } = interruption();
      // Here, so that no other subcommand waits for a web server to load.
      const { startWebShell } = await import('../../web/shell.ts');
      const shell = await startWebShell({ workspace: workspaceOf(command), port, open, warn: output.note });
      for (const note of shell.notes) output.note(`Note: ${note}`);
      output.result({ url: shell.url }, () => `Cutpoint is at ${shell.url}\nCtrl-C ends it.`);
      if (!signal.aborted) await once(signal, 'abort');
      await shell.close();
      forget();
    });
}
