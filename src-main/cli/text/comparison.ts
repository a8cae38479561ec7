import { positiveOf } from '../../contract/classes.ts';
import type { ComparisonRow, ComparisonSummary } from '../../contract/comparison/index.ts';
import type { CellRecord } from '../../contract/comparison/shared.ts';
import { wordsFor, type Grouping } from '../../contract/groups.ts';
import { selectionOf } from '../../contract/task/index.ts';
import { known, placeOf } from './run.ts';
import { describeLearningCurve } from './learningCurve.ts';
import { describeSearch } from './search.ts';
import { describeCell, describeRecord } from './comparisonCell.ts';
import { positiveFact, positiveSentence } from './positive.ts';
import { sealedLine } from './sealed.ts';
import { facts, paragraphs } from './table.ts';
import { describeTournament } from './tournament.ts';
import { counted, duration, moment, orNone } from './units.ts';

/** A comparison as text: what it was, what failed, and its result, which ends with the verdict. */
export function describeComparison({ plan, cells, result, ...comparison }: ComparisonSummary): string {
  const { base } = plan;
  const failed = cells.filter(({ status }) => status === 'failed');
  return paragraphs(
    facts([
      ['Comparison', `${comparison.id}${comparison.name === null ? '' : `, ‘${comparison.name}’`}`],
      ['Study', orNone(comparison.study)],
      ['Kind', `${plan.kind}${plan.kind === 'search' ? `, ${plan.method}` : ''}`],
      ['Status', comparison.status],
      ['Started', moment(comparison.createdAt)],
      ['Finished', comparison.finishedAt === null ? orNone(null) : moment(comparison.finishedAt)],
      ['Network', `${base.backbone}, ${base.input}×${base.input} pixels`],
      ['Source', sourcesOf(plan)],
      ['Classes', comparison.classes.join(', ')],
      ...positiveFact(positiveOf(comparison.classes, base.positive)),
      ['Best epoch by', `validation ${selectionOf(base).title}`],
      ['Seeds', plan.seeds.join(', ')],
      ...(plan.kind === 'tournament' ? [['Test', testParts(plan.folds, comparison.grouping)] as const] : []),
      ['Data', placeOf(base.data.folder, comparison.moved?.data)],
      ...(base.test ? [['Test data', placeOf(base.test.folder, comparison.moved?.test)] as const] : []),
      [
        'Runs',
        `${counted(cells.length - failed.length, 'run')} finished, ${failed.length} failed, ${trainingTime(cells)} of training`,
      ],
    ]),
    comparison.note,
    known(comparison.findings),
    comparison.error &&
      `${comparison.error.message} [${comparison.error.code}] ${comparison.error.remedy ?? ''}`.trimEnd(),
    failed.map((record) => `${describeCell(record.cell, comparison.grouping)}: ${describeRecord(record)}`).join('\n'),
    comparison.sealed && sealedLine('Result', comparison.id),
    result && positiveSentence(comparison.classes),
    result?.kind === 'search' && describeSearch(result, selectionOf(base)),
    result?.kind === 'learning-curve' &&
      plan.kind === 'learning-curve' &&
      describeLearningCurve(result, plan.confidence, comparison),
    result?.kind === 'tournament' &&
      plan.kind === 'tournament' &&
      describeTournament(result, plan, { ...comparison, cells }),
  );
}

/** What a list says of the result of a comparison, see `ComparisonRow`. */
export const resultOf = ({ sealed, result }: Pick<ComparisonRow, 'sealed' | 'result'>): string =>
  sealed ? 'ready, not asked for yet' : orNone(result);

const testParts = (folds: { kind: 'groups'; k: number } | { kind: 'fixed' }, grouping: Grouping | undefined) =>
  `${folds.kind === 'groups' ? `${folds.k} folds` : 'one split'} by ${wordsFor(grouping).one}`;

function sourcesOf(plan: ComparisonSummary['plan']): string {
  const several = plan.kind === 'tournament' ? plan.sources.join(', ') : '';
  return several || (plan.base.source ?? 'none (random initialisation)');
}

const trainingTime = (cells: readonly CellRecord[]) =>
  duration(cells.reduce((sum, { trainingSeconds }) => sum + trainingSeconds, 0));
