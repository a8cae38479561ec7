import type { StudySummary } from '../../contract/study.ts';
import { describeCell, describeRecord } from './studyCell.ts';
import { facts, paragraphs } from './table.ts';
import { counted, moment, orNone } from './units.ts';

/** A study as text: what it was, its result, and what failed. */
export function describeStudy(study: StudySummary): string {
  const { plan, cells } = study;
  const failed = cells.filter(({ status }) => status === 'failed');
  return paragraphs(
    facts([
      ['Study', study.id],
      ['Kind', study.kind],
      ['Status', study.status],
      ['Started', moment(study.createdAt)],
      ['Finished', study.finishedAt === null ? orNone(null) : moment(study.finishedAt)],
      ['Network', plan.base.backbone],
      ['Classes', study.classes.join(', ')],
      ['Data', plan.base.data.folder],
      ['Runs', `${counted(cells.length - failed.length, 'run')} finished, ${failed.length} failed`],
    ]),
    study.error && `${study.error.message} [${study.error.code}] ${study.error.remedy ?? ''}`.trimEnd(),
    ...failed.map((record) => `${describeCell(record.cell)}: ${describeRecord(record)}`),
  );
}
