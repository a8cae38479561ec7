import type { Latency } from '../../../src-main/contract/certificate.ts';
import type { ExportOptions, ExportRecord } from '../../../src-main/contract/model.ts';
import { bytes, counted, metric, moment, percent, small } from '../../logic/format.ts';

const PRECISIONS: Readonly<Record<ExportOptions['precision'], string>> = {
  float32: '32-bit',
  float16: '16-bit',
  int8: '8-bit',
};

/** What sets this variant apart from a plain export, in words. */
export function variantOf({ precision, foldBatchNorm, anySize }: ExportOptions): string[] {
  return [
    ...(precision === 'float32' ? [] : [PRECISIONS[precision]]),
    ...(foldBatchNorm ? ['batch normalisation merged'] : []),
    ...(anySize ? ['images of any size'] : []),
  ];
}

/** The one sentence about whether the file computes the same. */
export function verdictOf({ options, parity, effect }: Pick<ExportRecord, 'options' | 'parity' | 'effect'>): {
  tone: 'good' | 'attention';
  words: string;
} {
  if (options.precision === 'float32') return { tone: 'good', words: 'Computes the same as this app' };
  const { changedDecisions, images } = effect ?? { ...parity, changedDecisions: parity.changedDecisions ?? 0 };
  const on = counted(images, 'test image');
  return changedDecisions === 0
    ? { tone: 'good', words: `Decides the same on ${on}` }
    : { tone: 'attention', words: `Decides differently on ${changedDecisions} of ${on}` };
}

export function factsOf({ bytes: size, parity, stored, effect, options, createdAt }: ExportRecord) {
  const { wholePath } = parity;
  const limit = options.precision === 'float32' ? '; limit 1.0e−4' : '';
  const changes = effect
    ? [
        { name: 'AUROC', value: metric(effect.auroc.after), note: `here ${metric(effect.auroc.before)}` },
        { name: 'Accuracy', value: metric(effect.accuracy.after), note: `here ${metric(effect.accuracy.before)}` },
      ]
    : [];
  const [day = '', time = ''] = moment(createdAt).split(', ');
  return [
    { name: 'Size', value: bytes(size), note: 'on disk' },
    ...changes,
    {
      name: 'Largest difference',
      value: difference(Math.max(parity.largestDifference, wholePath?.largestDifference ?? 0)),
      note: `of a probability${wholePath ? ', starting from the original pixels' : ''}${limit}`,
    },
    ...(wholePath
      ? [
          {
            name: 'Network alone',
            value: difference(parity.largestDifference),
            note: `on ${counted(parity.images, 'prepared image')}`,
          },
        ]
      : []),
    { name: 'Mean difference', value: difference((wholePath ?? parity).meanDifference), note: 'of a probability' },
    {
      name: 'Compared on',
      value: counted((wholePath ?? parity).images, 'image'),
      note: `${wholePath ? `of ${wholePath.of} ` : ''}held out; run by ${parity.runtime}`,
    },
    ...(stored
      ? [
          {
            name: 'Against stored results',
            value: difference(stored.largestDifference),
            note: `${counted(stored.images, 'held-out image')}; limit ${small(stored.tolerance)}`,
          },
        ]
      : []),
    { name: 'Written', value: time, note: day },
  ];
}

/** Two digits are all that a difference of probabilities is worth. */
const difference = (value: number): string => small(Number(value.toPrecision(2)));

export interface LatencyRow {
  batch: number;
  exported: string;
  full: string;
  /** Of the uncut network's time. */
  share: string;
}

/** One row for each number of images at a time. */
export function latencyRows({ rows }: Latency): LatencyRow[] {
  const batches = [...new Set(rows.map(({ batch }) => batch))].sort((a, b) => a - b);
  const time = (network: 'exported' | 'full', batch: number): number =>
    rows.find((row) => row.network === network && row.batch === batch)?.milliseconds ?? Number.NaN;
  return batches.map((batch) => {
    const [exported, full] = [time('exported', batch), time('full', batch)];
    return { batch, exported: milliseconds(exported), full: milliseconds(full), share: percent(exported / full) };
  });
}

function milliseconds(value: number): string {
  return Number.isFinite(value) ? `${value.toPrecision(3)} ms` : 'not measured';
}
