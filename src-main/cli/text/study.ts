import type { StudySummary } from '../../contract/study/index.ts';
import type { CellRecord } from '../../contract/study/shared.ts';
import { wordsFor, type Grouping } from '../../contract/groups.ts';
import { known, placeOf } from './run.ts';
import { describeLearningCurve } from './learningCurve.ts';
import { describeSearch } from './search.ts';
import { describeCell, describeRecord } from './studyCell.ts';
import { positiveFact, positiveSentence } from './positive.ts';
import { facts, paragraphs } from './table.ts';
import { describeTournament } from './tournament.ts';
import { counted, duration, moment, orNone } from './units.ts';

/** A study as text: what it was, what failed, and its result, which ends with the verdict. */
export function describeStudy({ plan, cells, result, ...study }: StudySummary): string {
  const { base } = plan;
  const failed = cells.filter(({ status }) => status === 'failed');
  return paragraphs(
    facts([
      ['Study', study.id],
      ['Kind', `${plan.kind}${plan.kind === 'search' ? `, ${plan.method}` : ''}`],
      ['Status', study.status],
      ['Started', moment(study.createdAt)],
      ['Finished', study.finishedAt === null ? orNone(null) : moment(study.finishedAt)],
      ['Network', `${base.backbone}, ${base.input}×${base.input} pixels`],
      ['Source', sourcesOf(plan)],
      ['Classes', study.classes.join(', ')],
      ...positiveFact(study.classes, base.positive),
      ['Seeds', plan.seeds.join(', ')],
      ...(plan.kind === 'tournament' ? [['Test', testParts(plan.folds, study.grouping)] as const] : []),
      ['Data', placeOf(base.data.folder, study.moved?.data)],
      ...(base.test ? [['Test data', placeOf(base.test.folder, study.moved?.test)] as const] : []),
      [
        'Runs',
        `${counted(cells.length - failed.length, 'run')} finished, ${failed.length} failed, ${trainingTime(cells)} of training`,
      ],
    ]),
    known(study.findings),
    study.error && `${study.error.message} [${study.error.code}] ${study.error.remedy ?? ''}`.trimEnd(),
    failed
      .map((record) => `${describeCell(record.cell, study.grouping)}: ${describeRecord(record, study.kind)}`)
      .join('\n'),
    result && positiveSentence(study.classes),
    result?.kind === 'search' && describeSearch(result),
    result?.kind === 'learning-curve' &&
      plan.kind === 'learning-curve' &&
      describeLearningCurve(result, plan.confidence, study),
    result?.kind === 'tournament' && plan.kind === 'tournament' && describeTournament(result, plan, study),
  );
}

const testParts = (folds: { kind: 'groups'; k: number } | { kind: 'fixed' }, grouping: Grouping | undefined) =>
  `${folds.kind === 'groups' ? `${folds.k} folds` : 'one split'} by ${wordsFor(grouping).one}`;

function sourcesOf(plan: StudySummary['plan']): string {
  const several = plan.kind === 'tournament' ? plan.sources.join(', ') : '';
  return several || (plan.base.source ?? 'none (random initialisation)');
}

const trainingTime = (cells: readonly CellRecord[]) =>
  duration(cells.reduce((sum, { trainingSeconds }) => sum + trainingSeconds, 0));
