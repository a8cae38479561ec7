import { resolve } from 'node:path';
import { startProcess, type LineProcess } from './process.ts';

const root = resolve(import.meta.dirname, '../..');

/** `cutpoint serve` on a workspace, with its one-time link. Ends with the test. */
export async function serveWindow(workspace: string): Promise<{ url: string; shell: LineProcess }> {
  const program = resolve(root, 'bin/cutpoint.mjs');
  const shell = startProcess(process.execPath, [program, 'serve', '--workspace', workspace, '--port', '0']);
  await shell.until(1);
  const url = /https?:\S+/.exec(shell.lines.join('\n'))?.[0];
  if (!url) throw new Error(`serve printed no link: ${shell.lines.join(' | ')}`);
  return { url, shell };
}
