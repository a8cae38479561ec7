import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

/** `cutpoint serve` on a workspace, with its one-time link. */
export async function serve(workspace: string): Promise<{ url: string; close(): Promise<void> }> {
  const program = resolve(import.meta.dirname, '../../bin/cutpoint.mjs');
  const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit'];
  const shell = spawn(process.execPath, [program, 'serve', '--workspace', workspace, '--port', '0'], { stdio });
  let said = '';
  const url = await new Promise<string>((found, failed) => {
    shell.once('exit', () => failed(new Error(`serve printed no link: ${said}`)));
    shell.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const link = /https?:\S+/.exec(said)?.[0];
      if (link) found(link);
    });
  });
  return {
    url,
    async close() {
      const ended = once(shell, 'exit');
      shell.kill('SIGTERM');
      await ended;
    },
  };
}
