import type { Latency } from '../../../src-main/contract/certificate.ts';
import type { ExportOptions, ExportRecord } from '../../../src-main/contract/model.ts';
import { bytes, metric, moment, percent, small } from '../../logic/format.ts';
import { decimals } from '../../logic/locale.ts';
import { t } from '../../text/index.ts';

/** What sets this variant apart from a plain export, in words. */
export function variantOf({ precision, foldBatchNorm, anySize }: ExportOptions): string[] {
  return [
    ...(precision === 'float32' ? [] : [t(`export.variant.${precision}`)]),
    ...(foldBatchNorm ? [t('export.variant.fold')] : []),
    ...(anySize ? [t('export.variant.anySize')] : []),
  ];
}

/** The one sentence about whether the file computes the same. */
export function verdictOf({ options, parity, effect }: Pick<ExportRecord, 'options' | 'parity' | 'effect'>): {
  tone: 'good' | 'attention';
  words: string;
} {
  if (options.precision === 'float32') return { tone: 'good', words: t('export.verdict.same') };
  const { changedDecisions, images: n } = effect ?? { ...parity, changedDecisions: parity.changedDecisions ?? 0 };
  const images = t(`export.verdict.${effect?.on === 'validation' ? 'validationImages' : 'testImages'}`, { n });
  return changedDecisions === 0
    ? { tone: 'good', words: t('export.verdict.decides', { images }) }
    : { tone: 'attention', words: t('export.verdict.differs', { n: changedDecisions, images }) };
}

export function factsOf({ bytes: size, parity, stored, effect, options, createdAt }: ExportRecord) {
  const { wholePath } = parity;
  const limited = (what: string, value: string) => t('export.facts.limit', { what, value });
  const largest = t(`export.facts.${wholePath ? 'largestWhole' : 'largestOf'}`);
  const changes = effect
    ? [change(t('glossary.auroc.term'), effect.auroc), change(t('export.facts.accuracy'), effect.accuracy)]
    : [];
  const compared = wholePath ?? parity;
  const [day = '', time = ''] = moment(createdAt).split(', ');
  return [
    { name: t('export.facts.size'), value: bytes(size), note: t('export.facts.onDisk') },
    ...changes,
    {
      name: t('export.facts.largest'),
      value: difference(Math.max(parity.largestDifference, wholePath?.largestDifference ?? 0)),
      note: options.precision === 'float32' ? limited(largest, '1.0e−4') : largest,
    },
    ...(wholePath
      ? [
          {
            name: t('export.facts.network'),
            value: difference(parity.largestDifference),
            note: t('export.facts.prepared', { n: parity.images }),
          },
        ]
      : []),
    {
      name: t('export.facts.mean'),
      value: difference(compared.meanDifference),
      note: t('export.facts.largestOf'),
    },
    {
      name: t('export.facts.compared'),
      value: t('common.groups.image', { n: compared.images }),
      note: wholePath
        ? t('export.facts.heldOutOf', { of: wholePath.of, runtime: parity.runtime })
        : t('export.facts.heldOut', { runtime: parity.runtime }),
    },
    ...(stored
      ? [
          {
            name: t('export.facts.stored'),
            value: difference(stored.largestDifference),
            note: limited(t('export.facts.storedOn', { n: stored.images }), small(stored.tolerance)),
          },
        ]
      : []),
    { name: t('export.facts.written'), value: time, note: day },
  ];
}

const change = (name: string, { before, after }: { before: number | null; after: number | null }) => ({
  name,
  value: metric(after),
  note: t('export.facts.here', { value: metric(before) }),
});

/** Two digits are all that a difference of probabilities is worth. */
export const difference = (value: number): string => small(Number(value.toPrecision(2)));

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
  return Number.isFinite(value) ? `${decimals(value.toPrecision(3))} ms` : t('export.latency.none');
}
