import type { ComparisonRow } from '../../contract/comparison/index.ts';
import { cohortOf } from '../../contract/groups.ts';
import type { RunRow } from '../../contract/run.ts';
import type { StudyDetails } from '../../contract/study.ts';
import { resultOf } from './comparison.ts';
import { facts, paragraphs, table } from './table.ts';
import { counted, metric, moment, orNone } from './units.ts';

/** A study as text: its data, what goes on, its comparisons, and the runs that belong to none of them. */
export function describeStudy(
  study: StudyDetails,
  runs: readonly RunRow[],
  comparisons: readonly ComparisonRow[],
): string {
  const { data, best, verdict } = study;
  const own = runs.filter(({ comparison }) => comparison === null);
  return paragraphs(
    facts([
      ['Study', `${study.id}, ‘${study.name}’`],
      ['Created', moment(study.createdAt)],
      ['Opened', moment(study.openedAt)],
      ['Data', orNone(study.folder)],
      ['Images', data === null ? 'not read yet' : cohortOf(data, data.grouping)],
      [
        'Classes',
        data === null ? orNone(null) : data.classes.map(({ name, images }) => `${name} (${images})`).join(', '),
      ],
      [
        'Best',
        best === null ? orNone(null) : `${best.name ?? best.id}: validation AUROC ${metric(best.validationAuroc)}`,
      ],
      ['Verdict', verdict === null ? orNone(null) : `${resultOf(verdict)} (${verdict.id})`],
      ['Test figures', study.testLooks === 0 ? 'never asked for' : `asked for ${counted(study.testLooks, 'time')}`],
      [
        'Holds',
        [
          counted(study.runs, 'run'),
          counted(study.comparisons, 'comparison'),
          counted(study.jobIds.length, 'job'),
        ].join(', '),
      ],
    ]),
    study.note,
    study.active.map(({ title, status }) => `${title}: ${status}`).join('\n'),
    comparisons.length > 0 &&
      table(
        [
          { title: 'Comparison' },
          { title: 'Name' },
          { title: 'Kind' },
          { title: 'Status' },
          { title: 'Runs', align: 'right' },
          { title: 'Result' },
        ],
        comparisons.map((each) => [
          each.id,
          each.name ?? '',
          each.kind,
          each.status,
          String(each.runs),
          resultOf(each),
        ]),
      ),
    own.length > 0 &&
      table(
        [
          { title: 'Run' },
          { title: 'Name' },
          { title: 'Status' },
          { title: 'Network' },
          { title: 'Validation AUROC', align: 'right' },
          { title: 'Validation AUPRC', align: 'right' },
        ],
        own.map((run) => [
          run.id,
          `${run.starred ? '* ' : ''}${run.name ?? ''}`,
          run.status,
          `${run.backbone}, ${run.network}`,
          metric(run.validationAuroc),
          metric(run.validationAuprc),
        ]),
      ),
  );
}
