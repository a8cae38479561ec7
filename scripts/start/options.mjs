// What `npm start` takes after `--`.
import { parseArgs } from 'node:util';

export const usage =
  'npm start -- [--workspace DIR] [--port N] [--web]\n' +
  '  --workspace DIR   the folder that keeps studies and runs\n' +
  '  --port N          the port of the web shell\n' +
  '  --web             the web shell, even where Electron could open a window';

/**
 * @param {string[]} given
 * @returns {{ values: { workspace?: string, port?: string, web?: boolean } } | { status: number, says: string }}
 * the options, or what to print and the exit status: 0 where help was asked for, 2 for anything unknown
 */
export function startOptions(given) {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean' }];
  try {
    const { help, ...values } = parseArgs({
      args: given,
      options: { workspace: text, port: text, web: flag, help: { ...flag, short: 'h' } },
    }).values;
    return help ? { status: 0, says: usage } : { values };
  } catch (error) {
    return { status: 2, says: `${error.message}\n${usage}` };
  }
}
