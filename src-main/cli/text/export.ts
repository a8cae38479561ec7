import type { ExportRecord } from '../../contract/model.ts';
import { facts, paragraphs, table } from './table.ts';
import { bytes, counted, metric } from './units.ts';

/** What was written and how it was verified, with the times of the networks where they were measured. */
export function describeExport({ parity, latency, effect, stored, ...record }: ExportRecord): string {
  const { wholePath } = parity;
  return paragraphs(
    facts([
      ['Written', `${record.path}, ${bytes(record.bytes)}`],
      ['SHA-256', record.sha256],
      ...(wholePath ? [verified('Verified end to end', wholePath, ` of ${wholePath.of}, at their own size`)] : []),
      verified(wholePath ? 'Network alone' : 'Verified', parity),
      [
        'Stored predictions',
        stored
          ? `${counted(stored.images, 'held-out image')}: what the network gives differs by at most ${stored.largestDifference.toExponential(1)} from what was stored with the run (accepted: ${stored.tolerance})`
          : 'none to compare with',
      ],
      ['Certificate', record.certificate ?? 'none'],
      ['Model card', record.card ?? 'none'],
    ]),
    effect &&
      table(
        [
          { title: counted(effect.images, `${effect.on} image`) },
          { title: 'float32', align: 'right' },
          { title: record.options.precision, align: 'right' },
        ],
        [
          ['AUROC', metric(effect.auroc.before), metric(effect.auroc.after)],
          ['Accuracy', metric(effect.accuracy.before), metric(effect.accuracy.after)],
          ['Changed decisions', '', String(effect.changedDecisions)],
        ],
      ),
    latency && times(latency),
  );
}

function verified(
  title: string,
  { images, largestDifference, meanDifference, changedDecisions, runtime }: Omit<ExportRecord['parity'], 'wholePath'>,
  which = '',
): [string, string] {
  return [
    title,
    `${counted(images, 'held-out image')}${which} in ${runtime}: probabilities differ by at most ${largestDifference.toExponential(1)}, ${meanDifference.toExponential(1)} on average; ${counted(changedDecisions ?? 0, 'decision')} changed`,
  ];
}

function times({ rows, runs, runtime, threads, cpu }: NonNullable<ExportRecord['latency']>): string {
  const cell = (network: string, batch: number) => {
    const row = rows.find((each) => each.network === network && each.batch === batch);
    return row ? `${row.milliseconds.toFixed(1)} ms` : '–';
  };
  return paragraphs(
    table(
      [
        { title: 'Images per call' },
        { title: 'This model', align: 'right' },
        { title: 'Whole backbone', align: 'right' },
      ],
      [...new Set(rows.map(({ batch }) => batch))].map((batch) => [
        String(batch),
        cell('exported', batch),
        cell('full', batch),
      ]),
    ),
    `Median of ${runs} calls; ${runtime}, ${counted(threads, 'thread')} of ${cpu}.`,
  );
}
