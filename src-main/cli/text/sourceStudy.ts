import type {
  SourceStudyResult,
  SourceStudyRow,
  SourceStudyRunRow,
  SourceStudySummary,
} from '../../contract/sourceStudy.ts';
import { describeTables } from './sourceAnalysis.ts';
import { cohortOf } from '../../contract/groups.ts';
import { facts, paragraphs, table } from './table.ts';
import { counted, metric, moment, orNone } from './units.ts';

/** Source studies, one a line. */
export const listSourceStudies = (rows: readonly SourceStudyRow[]): string =>
  rows.length === 0
    ? 'No source studies yet. `cutpoint source-study start PLAN.json` starts one.'
    : table(
        [
          { title: 'Source study' },
          { title: 'Status' },
          { title: 'Started' },
          { title: 'Targets' },
          { title: 'Sources' },
          { title: 'Networks' },
          { title: 'Runs', align: 'right' },
          { title: 'Failed', align: 'right' },
        ],
        rows.map((row) => [
          row.id,
          row.status,
          moment(row.createdAt),
          row.targets.join(', '),
          row.sources.join(', '),
          row.backbones.join(', '),
          `${row.done} of ${row.planned}`,
          String(row.failed),
        ]),
      );

/** A source study as text. @param result null while it is sealed */
export function describeSourceStudy(study: SourceStudySummary, result: SourceStudyResult | null): string {
  const { id, status, plan, pretraining, members, leftOut, noticed } = study;
  return paragraphs(
    facts([
      ['Source study', id],
      ['Status', status],
      ['Started', moment(study.createdAt)],
      ['Sources', plan.sources.map(({ name }) => name).join(', ')],
      ['Networks', plan.backbones.join(', ')],
      ['Folds', `${plan.folds}, ${counted(plan.seeds.length, 'seed')}`],
    ]),
    [...leftOut.map(({ why }) => why), ...noticed].join('\n'),
    study.error && [study.error.message, study.error.remedy].filter(Boolean).join(' '),
    pretraining.length > 0 &&
      table(
        [{ title: 'Source' }, { title: 'Network' }, { title: 'Weights' }, { title: 'Status' }, { title: 'Run' }],
        pretraining.map(({ source, backbone, weights, status, run }) => [
          ...[source, backbone, weights, run === null && status === 'queued' ? 'not begun' : status, orNone(run)],
        ]),
      ),
    pretraining.flatMap(({ error }) => error ?? []).join('\n'),
    members.length > 0 &&
      table(
        [
          { title: 'Target' },
          { title: 'Network' },
          { title: 'Status' },
          { title: 'Runs', align: 'right' },
          { title: 'Failed', align: 'right' },
          { title: 'Comparison' },
        ],
        members.map((each) => [
          each.target,
          each.backbone,
          each.status,
          `${each.done} of ${each.planned}`,
          String(each.failed),
          each.comparison,
        ]),
      ),
    members.flatMap(({ errors }) => errors).join('\n'),
    result === null
      ? `Its test figures are sealed: \`cutpoint open-test ${id} --reason "…"\` opens them.`
      : describeResult(result),
  );
}

function describeResult({
  analysis,
  transfer,
  cuts,
  tested,
  confidence,
  resamples,
  sentences,
}: SourceStudyResult): string {
  const level = `${Math.round(100 * confidence)} %`;
  return paragraphs(
    analysis && describeTables(analysis),
    sentences.join('\n'),
    table(
      [
        { title: 'Target' },
        { title: 'Network' },
        { title: 'Source' },
        { title: 'Transferability', align: 'right' },
        { title: level },
        { title: 'Folds', align: 'right' },
      ],
      transfer.map(({ target, backbone, source, score, pairs }) => [
        target,
        backbone,
        source,
        score === null ? '–' : signed(score.value, 1),
        score === null ? '' : `${signed(score.low, 1)} to ${signed(score.high, 1)}`,
        String(pairs),
      ]),
    ),
    cuts.length > 0 &&
      table(
        [
          { title: 'Target' },
          { title: 'Network' },
          { title: 'Source' },
          { title: 'Best cut' },
          { title: 'Validation AUPRC', align: 'right' },
          { title: 'Whole network', align: 'right' },
          { title: 'Test AUROC, minus whole' },
        ],
        cuts.map(({ target, backbone, source, cut, validation, whole, difference }) => [
          target,
          backbone,
          source,
          cut ?? 'the whole network',
          metric(validation),
          metric(whole),
          difference === null
            ? ''
            : `${signed(difference.value, 4)} (${signed(difference.low, 4)} to ${signed(difference.high, 4)})`,
        ]),
      ),
    tested.map(({ target, images, patients, grouping }) => `${target}: tested on ${cohortOf({ images, groups: patients }, grouping)}.`).join('\n'),
    `Transferability: AUROC from a source, minus that of the same network without transfer, divided by it, in per cent; mean over folds and seeds. Intervals: percentiles of ${resamples} resamples of the patients, the same for both networks; how far one training lies from the next is not in them.`,
  ); // prettier-ignore
}

const signed = (value: number, digits: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;

/** The columns of `source-study analyse`, and what else is known of a run. */
const COLUMNS = ['source', 'target', 'fold', 'auc', 'seed', 'backbone', 'cut', 'run'] as const;

/** Rows as CSV (RFC 4180): without transfer the source is empty, of the whole network the cut. */
export function rowsAsCsv(rows: readonly SourceStudyRunRow[]): string {
  const cell = (value: string | number | null): string => {
    const text = String(value ?? '');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [COLUMNS.join(','), ...rows.map((row) => COLUMNS.map((name) => cell(row[name])).join(','))].join('\n');
}

/** The same as a table for reading. */
export const rowsAsTable = (rows: readonly SourceStudyRunRow[]): string =>
  table(
    [
      ...['Target', 'Network', 'Source', 'Cut', 'Seed', 'Fold'].map((title) => ({ title })),
      { title: 'AUROC', align: 'right' },
      { title: 'Run' },
    ],
    rows.map(({ target, backbone, source, cut, seed, fold, auc, run }) => [
      ...[target, backbone, source ?? 'none', cut ?? 'whole', String(seed), fold, metric(auc), run],
    ]),
  );
