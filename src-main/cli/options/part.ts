import { Option, type Command } from 'commander';
import type { MeasuredPart } from '../../contract/evaluation.ts';
import type { Client } from '../../contract/index.ts';

export interface PartOptions {
  part: 'validation' | 'test';
  dataset?: string;
}

/** Which of its predictions a run is asked about. */
export const addPartOptions = (command: Command): Command =>
  command
    .addOption(new Option('--part <part>', 'images of the run').choices(['validation', 'test']).default('validation'))
    .option(
      '--dataset <id>',
      'another folder that it was evaluated on, by the list of its images (`cutpoint datasets`)',
    );

export const partOf = ({ part, dataset }: PartOptions): MeasuredPart => (dataset === undefined ? part : { dataset });

/** Notes that test figures are shown. */
export async function noteOpened(client: Client, id: string, part: MeasuredPart): Promise<void> {
  if (part === 'test') await client.call('run.openTest', { id });
}
