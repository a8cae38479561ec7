import { findingOf, type Finding } from '../../../contract/findings.ts';
import { wordsFor } from '../../../contract/groups.ts';
import { listed } from '../labels.ts';
import type { DatasetImage } from '../types.ts';
import { plural } from './counting.ts';
import type { Notice } from './scanned.ts';

/** Of identical files, in a sentence. */
const COPIES_NAMED = 5;

/** Identical files under different labels, or of different patients. */
export const duplicates: Notice = ({ images, groups: { grouping } }) => {
  const byContent = Map.groupBy(images, ({ sha256 }) => sha256);
  const repeated = [...byContent.values()].filter((copies) => copies.length > 1);
  const differing = (key: 'label' | 'group') =>
    repeated.filter((copies) => new Set(copies.map((copy) => copy[key])).size > 1);
  const names = (sets: DatasetImage[][]) =>
    listed(
      sets.map((copies) => copies.slice(0, COPIES_NAMED).map(({ file }) => file).join(' = ')), // prettier-ignore
      3,
    );
  const labels = differing('label');
  const groups = differing('group');
  const share = (sets: DatasetImage[][]) => sets.reduce((sum, copies) => sum + copies.length, 0) / images.length;
  const warnings: Finding[] = [];
  if (labels.length > 0)
    warnings.push(
      findingOf(
        'DUPLICATE_LABELS',
        `${plural(labels.length, 'image')} with identical files under different labels: ${names(labels)}.`,
        share(labels),
      ),
    );
  if (groups.length > 0)
    warnings.push(
      findingOf(
        'DUPLICATE_GROUPS',
        `${plural(groups.length, 'image')} with identical files under different ${wordsFor(grouping).many}: ${names(groups)}.`,
        share(groups),
      ),
    );
  return warnings;
};
