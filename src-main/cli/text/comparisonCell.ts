import { wordsFor, type Grouping } from '../../contract/groups.ts';
import { STRATEGIES } from '../../contract/strategies.ts';
import type { CellRecord, ComparisonCell } from '../../contract/comparison/shared.ts';
import { duration, metric } from './units.ts';

/** What a run of a comparison is, in one line: `truncated block_9_add  from imagenet  seed 0  fold 2`. */
export function describeCell(
  { strategy, cut, source, seed, fold, share, epochs }: ComparisonCell,
  grouping?: Grouping,
): string {
  return [
    `${STRATEGIES[strategy].title}${cut === null ? '' : ` ${cut}`}`,
    source !== null && `from ${source}`,
    `seed ${seed}`,
    fold !== null && `fold ${fold + 1}`,
    share < 1 && `${Math.round(1000 * share) / 10} % of the ${wordsFor(grouping).many}`,
    `${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}`,
  ]
    .filter(Boolean)
    .join('  ');
}

/** How a run of a comparison has ended, in one line, which may be read while others train: nothing of the test part. */
export function describeRecord({ status, error, ...record }: CellRecord): string {
  if (status === 'failed') return `failed: ${error?.message ?? 'no reason is known.'} [${error?.code ?? 'RUN_STATE'}]`;
  return `validation AUPRC ${metric(record.validationAuprc)}  ${duration(record.trainingSeconds)}`;
}
