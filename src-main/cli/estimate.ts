import { NO_TIME, type Estimate, type TimeEstimate } from '../contract/estimate.ts';
import type { TrainingPlan } from '../contract/plan.ts';
import type { ComparisonPlan } from '../contract/comparison/index.ts';
import type { Session } from './session.ts';
import { facts, paragraphs } from './text/table.ts';
import { bytes, counted, duration, whole } from './text/units.ts';

/** What a run or a comparison would take, as the result of a command. */
export async function tellEstimate(
  { client, output, signal }: Session,
  ...[method, plan]: ['run.estimate', TrainingPlan] | ['comparison.estimate', ComparisonPlan]
): Promise<void> {
  const onProgress = ({ doing, done, total }: { doing: string; done: number; total: number }): void =>
    output.progress(`${doing} ${whole(done)} of ${whole(total)}`);
  const options = { signal, onProgress };
  const estimate =
    method === 'run.estimate'
      ? await client.call(method, { plan }, options)
      : await client.call(method, { plan }, options);
  output.result(estimate, () => describeEstimate(estimate));
}

const BASIS = {
  measured: 'Steps of these networks, measured now. Decoding the images, once, comes on top.',
  earlier: 'Epochs of earlier runs of the same network with the same settings.',
} as const;

/** An estimate as text: times with what they rest on, or why there are none; memory and disk. */
export function describeEstimate(estimate: Estimate): string {
  const { runs, more, images, epoch, total, basis, reason, memory, disk } = estimate;
  return paragraphs(
    facts([
      ['Runs', more ? `${runs} known beforehand; others follow from their results` : whole(runs)],
      [
        'Images',
        `${whole(images.train)} for training, ${whole(images.validation)} for validation, ${whole(images.test)} for the test`,
      ],
      ['An epoch', epoch ? span(epoch) : 'not known'],
      ['In all', total ? span(total) : 'not known'],
      ...(memory ? [['Memory', `${bytes(memory.bytes)} of ${bytes(memory.room)} available`] as [string, string]] : []),
      [
        'Disk',
        `${bytes(disk.cache)} for decoded images, ${bytes(disk.checkpoints)} for ${counted(2 * runs, 'checkpoint')}${disk.free === null ? '' : `; ${bytes(disk.free)} are free`}`,
      ],
    ]),
    reason && `No time is said: ${NO_TIME[reason]}`,
    basis && BASIS[basis],
  );
}

const span = ({ value, low, high }: TimeEstimate): string =>
  `about ${duration(value)} (${duration(low)} to ${duration(high)})`;
