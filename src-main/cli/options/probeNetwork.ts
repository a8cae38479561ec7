import { Option, type Command } from 'commander';
import type { z } from 'zod';
import { networkState } from '../../contract/similarity.ts';
import { fit } from '../../contract/plan.ts';
import { knownTo, type Session } from '../session.ts';
import { defined } from './data.ts';
import { NumericOption } from './numeric.ts';
import { NONE } from './read.ts';
import { suggestNetwork } from './suggested.ts';

const [, backboneState] = networkState.options;

/** The network by which data sets are compared, and how images come to it. */
export interface ProbeNetworkOptions {
  backbone?: string;
  source?: string;
  weightsSeed?: number;
  input?: number;
  fit?: string;
}

/** @param input of the method */
export function addProbeNetwork(command: Command, { input, fits }: { input: z.ZodType; fits: boolean }): Command {
  command
    .option('--backbone <name>', 'network, see `cutpoint backbones`; left out: as for `train`')
    .option('--source <name>', 'pretrained weights, see `cutpoint sources`; `none` for random weights')
    .addOption(new NumericOption('--weights-seed <n>', 'seed of the random weights', { one: backboneState.shape.seed }))
    .addOption(new NumericOption('--input <pixels>', 'side of the square that images are fitted to', { one: input }));
  return fits
    ? command.addOption(new Option('--fit <how>', 'how images are fitted to the square').choices(fit.options))
    : command;
}

/** With what is suggested filled in, and said. */
export async function probeNetworkOf(
  { backbone = '', source, weightsSeed }: ProbeNetworkOptions,
  { client, output }: Session,
): Promise<z.input<typeof backboneState>> {
  const asked = { backbone, source: source === undefined || source === NONE ? null : source };
  const { said, ...chosen } = suggestNetwork(asked, await knownTo(client), { source: source !== undefined });
  if (said) output.note(said);
  return { kind: 'backbone', ...chosen, ...defined({ seed: weightsSeed }) };
}
