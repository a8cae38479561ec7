import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/places.mjs';
import { capture, tail } from '../setup/process.mjs';
import { say } from '../setup/report.mjs';

/** Writes the sample data into a workspace, once. */
export async function writeSample(workspace) {
  const folder = join(workspace, 'sample');
  if (existsSync(folder) && readdirSync(folder).length > 0) return;
  const cutpoint = join(root, 'bin', 'cutpoint.mjs');
  const { status, output } = await capture(process.execPath, [cutpoint, 'sample', folder, '--workspace', workspace]);
  say(status === 0 ? `the sample data are in ${folder}` : `the sample data could not be written: ${tail(output, 2)}`);
}
