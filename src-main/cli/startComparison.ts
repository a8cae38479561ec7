import type { Command } from 'commander';
import { wholePlan } from '../backbone/architecture.ts';
import type { OutputOf } from '../contract/index.ts';
import type { ComparisonPlan } from '../contract/comparison/index.ts';
import { withAutomaticBatch } from './automaticBatch.ts';
import { noteDoubts } from './doubts.ts';
import { tellEstimate } from './estimate.ts';
import { followComparison } from './followComparison.ts';
import type { OpenTestOptions } from './options/openTest.ts';
import { namedStudy } from './options/study.ts';
import { suggestComparison } from './options/suggested.ts';
import { namesSource } from './options/train.ts';
import { showCount } from './progress.ts';
import { knownTo, type Session } from './session.ts';
import { showComparison } from './showComparison.ts';
import { describeCell } from './text/comparisonCell.ts';
import { counted } from './text/units.ts';

export type StartOptions = OpenTestOptions & { estimate?: true; dryRun?: true };

/** Starts the comparison that the command line describes, with what it leaves open filled in, and follows it to its end. */
export async function startComparison(
  session: Session,
  command: Command,
  plan: ComparisonPlan,
  options: StartOptions,
): Promise<void> {
  const { client, output, signal } = session;
  const onProgress = showCount(output, 'reading', 'files');
  const suggested = suggestComparison(plan, await knownTo(client), { source: namesSource(command) });
  if (suggested.said) output.note(suggested.said);
  const { base } = suggested.plan;
  // Whatever is trained, it is not larger than the whole network.
  const settled = { ...suggested.plan, base: await withAutomaticBatch(session, command, base, wholePlan(base)) };
  if (options.estimate) return tellEstimate(session, 'comparison.estimate', settled);
  if (options.dryRun) {
    const foreseen = await client.call('comparison.cells', settled, { signal });
    return output.result(foreseen, () => describeForeseen(foreseen));
  }
  const named = { ...settled, ...namedStudy(command) };
  const started = await client.call('comparison.start', named, { signal, onProgress });
  output.note(`comparison ${started.id}`);
  noteDoubts(output, started, started.plan.base);
  await showComparison(session, await followComparison(session, started), options.openTest);
}

function describeForeseen({ cells, more }: OutputOf<'comparison.cells'>): string {
  const number = more
    ? `${counted(cells.length, 'run')} at least; what follows depends on their results`
    : counted(cells.length, 'run');
  return [...cells.map((cell) => describeCell(cell, undefined)), `${number}.`].join('\n');
}
