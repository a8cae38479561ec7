import type { Command } from 'commander';
import type { TrainingPlan } from '../contract/plan.ts';
import type { MemoryEstimate } from '../contract/run.ts';
import { asksAutomaticBatch } from './options/train.ts';
import type { Session } from './session.ts';
import { bytes } from './text/units.ts';

/**
 * A plan with the batch size that `--batch auto` stands for, which is said; on a GPU, of whose memory nothing is known, that of
 * the plan. What does not fit at all is left to be refused.
 * @param largest of what is trained, the network that needs the most memory
 */
export async function withAutomaticBatch<Plan extends TrainingPlan>(
  { client, output, signal }: Session,
  command: Command,
  plan: Plan,
  largest: TrainingPlan = plan,
): Promise<Plan> {
  if (!asksAutomaticBatch(command)) return plan;
  const estimate = await client.call('run.memory', largest, { signal });
  const batch = estimate?.automatic ?? plan.batch;
  output.note(`batch size ${batch}: ${estimate ? whyOf(estimate) : 'what fits into memory is not known'}`);
  return { ...plan, batch };
}

const whyOf = ({ automatic, room }: MemoryEstimate): string =>
  automatic === null
    ? 'not even one image fits into memory'
    : `it fits into the ${bytes(room)} of memory that there are`;
