import type { OutputOf } from '../../../src-main/contract/index.ts';
import { COMMON_PREPROCESSING, type CommonPreprocessing } from '../../../src-main/contract/preprocessing.ts';
import { said, t } from '../../text/index.ts';

export type Inspected = OutputOf<'source.inspect'>;
type Fit = Pick<Inspected, 'report' | 'backbone' | 'candidates'>;

/** Whether a file holds the backbone whole, in part, or not at all. */
export function fitOf({ report, backbone, candidates }: Fit): 'whole' | 'part' | 'none' {
  if (report.matched.length === 0) return 'none';
  return backbone !== null && candidates.includes(backbone) ? 'whole' : 'part';
}

/** What it means for the network that a file fits in part. */
export function lackOf({ missing, mismatched }: Inspected['report']): string {
  const n = missing.length + mismatched.length;
  return n === 0 ? t('network.report.otherNetwork') : t('network.report.lacking', { n });
}

/** What weights may expect of the images; `published` leaves it to the catalogue and the backbone. */
export const preprocessingChoices = () =>
  [
    { value: 'published', title: t('network.add.published') },
    ...Object.entries(COMMON_PREPROCESSING).map(([value, { title }]) => ({
      value: value as CommonPreprocessing,
      title: said(title),
    })),
  ] as const;
export type PreprocessingChoice = 'published' | CommonPreprocessing;

export interface ReportRow {
  name: string;
  count: number;
  meaning: string;
  /** The tensors, as far as they are worth reading. */
  tensors: readonly string[];
}

/** The import report as rows to read; kinds without a tensor are left out, but for what matched. */
export function reportRows({ report }: Pick<Inspected, 'report'>): ReportRow[] {
  const shape = (lengths: readonly number[]): string => lengths.join(' × ');
  const adapted = report.adapted.map(({ name, from, to }) => t('network.report.adapts', { n: from, name, from, to }));
  const mismatched = report.mismatched.map(({ name, expected, found }) =>
    t('network.report.shape', { name, found: shape(found), expected: shape(expected) }),
  );
  const kinds = [
    ['matched', report.matched.length, []],
    ['adapted', adapted.length, adapted],
    ['dense', report.dense.length, report.dense],
    ['missing', report.missing.length, report.missing],
    ['mismatched', mismatched.length, mismatched],
    ['ignored', report.ignored.length, report.ignored],
    ['unexpected', report.unexpected.length, report.unexpected],
    ['constant', report.constant.length, report.constant],
    ['objects', report.objects.length, report.objects],
  ] as const;
  return kinds
    .filter(([kind, count]) => kind === 'matched' || count > 0)
    .map(([kind, count, tensors]) => ({
      name: t(`network.report.rows.${kind}.name`),
      meaning: t(`network.report.rows.${kind}.meaning`),
      count,
      tensors,
    }));
}

/** The copies of the network to choose from, where a file holds more than one: raw weights and their averages. */
export const copyChoices = ({ copies }: Inspected['report']): { value: string; title: string }[] =>
  copies.length > 1
    ? copies.map((name, index) => ({ value: name, title: index === 0 ? t('network.report.first', { name }) : name }))
    : [];

/** Host name of an address, for whoever decides about a download. */
export function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}
