import { resolve } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { askForLink } from '../../src-main/web/links.ts';
import { asAfterFirstStart } from './firstStart.ts';
import { beginProcess, type LineProcess } from './process.ts';

const program = resolve(import.meta.dirname, '../../bin/cutpoint.mjs');

interface Served {
  /** Good for one browser. */
  url: string;
  shell: LineProcess;
}

/** Those that stay for the tests of a file, by workspace. */
const staying = new Map<string, LineProcess>();

/** `cutpoint serve` on a workspace, with a one-time link. Ends with the test, unless {@link serveForFile} began it. */
export async function serveWindow(workspace: string): Promise<Served> {
  const shell = staying.get(workspace);
  if (shell) return { url: await askForLink(workspace), shell };
  const served = await serve(workspace);
  onTestFinished(() => void served.shell.child.kill('SIGKILL'));
  return served;
}

/**
 * `cutpoint serve` on a workspace for all tests of a file that follow: windows share its engine, and commands on the
 * workspace join it, as they do beside a window that is open. Each would start one of its own.
 * @returns ends it before the file is through
 */
export function serveForFile(workspace: string): () => Promise<void> {
  beforeAll(async () => void staying.set(workspace, (await serve(workspace)).shell));
  const end = async (): Promise<void> => {
    const shell = staying.get(workspace);
    staying.delete(workspace);
    shell?.child.kill('SIGTERM');
    await shell?.ended;
  };
  afterAll(end);
  return end;
}

async function serve(workspace: string): Promise<Served> {
  asAfterFirstStart(workspace);
  const shell = beginProcess(process.execPath, [program, 'serve', '--workspace', workspace, '--port', '0']);
  try {
    await shell.until(1);
    const url = /https?:\S+/.exec(shell.lines.join('\n'))?.[0];
    if (!url) throw new Error(`serve printed no link: ${shell.lines.join(' | ')}`);
    return { url, shell };
  } catch (error) {
    await shell.kill();
    throw error;
  }
}
