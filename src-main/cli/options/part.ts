import { Option, type Command } from 'commander';
import type { MeasuredPart } from '../../contract/evaluation.ts';
import type { Session } from '../session.ts';

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

/** The same of commands that show test images where no part is named, once they may be shown. */
export const ownPart = (): Option =>
  new Option('--part <part>', 'images of the run (default: test; validation while the test set is sealed)').choices([
    'validation',
    'test',
  ]);

/** Which images are meant; says so where it is not the test images. */
export async function shownPart(
  { client, output, signal }: Session,
  id: string,
  { part, dataset }: Partial<PartOptions>,
): Promise<MeasuredPart> {
  if (dataset !== undefined) return { dataset };
  if (part !== undefined) return part;
  const { sealed } = await client.call('run.get', { id }, { signal });
  if (!sealed) return 'test';
  output.note(
    `the test set is sealed, and these are figures of the validation images; \`cutpoint open-test ${id} --reason "…"\` opens it`,
  );
  return 'validation';
}
