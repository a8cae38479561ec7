import { spawnSync } from 'node:child_process';
import { constants, cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the folder of one run of the tests, where the first that wants a workspace leaves one for the others. */
const VARIABLE = 'CUTPOINT_TESTS_FIRST_START';
const SCRIPT = join(import.meta.dirname, 'fixtures/startOnce.ts');

/** Vitest's global set-up: where that workspace will lie. Gone at the end. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'cutpoint-first-start-'));
  process.env[VARIABLE] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/**
 * Makes a workspace what it is after its first start, with its tables and the sources that come with the application, by
 * copying one that was started: a start takes half a second of processor time and waits for the disk some thirty times.
 * Each gets a key of its own to hash patients with. Where there is a workspace already, or outside of a run of the tests,
 * nothing is done: it is made when it is opened.
 */
export function asAfterFirstStart(workspace: string): void {
  const folder = process.env[VARIABLE];
  if (!folder || existsSync(join(workspace, 'cutpoint.db'))) return;
  const started = join(folder, 'workspace');
  if (!existsSync(started)) startOnce(folder, started);
  cpSync(started, workspace, { recursive: true, mode: constants.COPYFILE_FICLONE });
}

/** Several may begin at the same time: the first one to end leaves its own. */
function startOnce(folder: string, started: string): void {
  const own = mkdtempSync(join(folder, 'starting-'));
  const { status, stderr } = spawnSync(process.execPath, [SCRIPT, own], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`a workspace could not be started: ${stderr}`);
  try {
    renameSync(own, started);
  } catch (error) {
    if (!existsSync(started)) throw error;
  }
}
