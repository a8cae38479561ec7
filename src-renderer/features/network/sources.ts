import type { OutputOf } from '../../../src-main/contract/index.ts';
import { COMMON_PREPROCESSING, type CommonPreprocessing } from '../../../src-main/contract/preprocessing.ts';
import { counted } from '../../logic/format.ts';

export type Inspected = OutputOf<'source.inspect'>;
type Fit = Pick<Inspected, 'report' | 'backbone' | 'candidates'>;

/** Whether a file holds the backbone whole, in part, or not at all. */
export function fitOf({ report, backbone, candidates }: Fit): 'whole' | 'part' | 'none' {
  if (report.matched.length === 0) return 'none';
  return backbone !== null && candidates.includes(backbone) ? 'whole' : 'part';
}

/** What it means for the network that a file fits in part. */
export function lackOf({ missing, mismatched }: Inspected['report']): string {
  const lacking = missing.length + mismatched.length;
  return lacking === 0
    ? 'The file holds more inside these layers than this network has: it was made for another one, and may compute something else here.'
    : `${counted(lacking, 'tensor starts', 'tensors start')} at random values. What was learned above them may then be worth little.`;
}

/** What weights may expect of the images; `published` leaves it to the catalogue and the backbone. */
export const PREPROCESSING_CHOICES = [
  { value: 'published', title: 'As the published weights of this network' },
  ...Object.entries(COMMON_PREPROCESSING).map(([value, { title }]) => ({
    value: value as CommonPreprocessing,
    title,
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
  const rows: ReportRow[] = [
    { name: 'Matched', count: report.matched.length, meaning: 'found by name, of the right shape', tensors: [] },
    {
      name: 'Adapted',
      count: report.adapted.length,
      meaning: 'first convolution brought to this network’s number of input channels',
      tensors: report.adapted.map(({ name, from, to }) => `${name} (${counted(from, 'channel')} to ${to})`),
    },
    {
      name: 'Missing',
      count: report.missing.length,
      meaning: 'needed by the network, not in the file',
      tensors: report.missing,
    },
    {
      name: 'Of another shape',
      count: report.mismatched.length,
      meaning: 'found by name, but not of the size that the network needs',
      tensors: report.mismatched.map(
        ({ name, expected, found }) => `${name} is ${shape(found)}, not ${shape(expected)}`,
      ),
    },
    {
      name: 'Left out on purpose',
      count: report.ignored.length,
      meaning: 'the classifier of the file, and counters',
      tensors: report.ignored,
    },
    {
      name: 'Unknown',
      count: report.unexpected.length,
      meaning: 'in the file, and no part of this network',
      tensors: report.unexpected,
    },
    {
      name: 'Constant',
      count: report.constant.length,
      meaning: 'kernels with a single value, as if never trained, or wiped: nothing was learned in them',
      tensors: report.constant,
    },
    {
      name: 'Beside the tensors',
      count: report.objects.length,
      meaning: 'classes and functions that the file names; they were treated as data, and nothing was run',
      tensors: report.objects,
    },
  ];
  return rows.filter((row, index) => index === 0 || row.count > 0);
}

/** The copies of the network to choose from, where a file holds more than one: raw weights and their averages. */
export const copyChoices = ({ copies }: Inspected['report']): { value: string; title: string }[] =>
  copies.length > 1
    ? copies.map((name, index) => ({ value: name, title: index === 0 ? `${name} (first)` : name }))
    : [];

/** Host name of an address, for whoever decides about a download. */
export function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}
