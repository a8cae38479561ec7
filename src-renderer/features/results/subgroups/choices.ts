import { tagNamed } from '../../../../src-main/contract/dicomTag.ts';
import type { SubgroupBy } from '../../../../src-main/contract/subgroups.ts';
import { lastPart } from '../../../logic/format.ts';
import { t } from '../../../text/index.ts';

/** Tells choices apart. */
export const choiceKey = (by: SubgroupBy): string =>
  by.kind === 'column' ? `column ${by.csv ?? ''} ${by.name}` : `header ${by.value}`;

/** `sex (labels.csv)`, `Age (DICOM header)`. */
export function choiceTitle(by: SubgroupBy): string {
  if (by.kind === 'header') return t('subgroups.header', { value: t(`subgroups.values.${by.value}`) });
  const tag = tagNamed(by.name);
  if (tag !== undefined) return t('subgroups.header', { value: tag });
  return t('subgroups.column', { name: by.name, table: lastPart(by.csv ?? '') });
}

/** Ascending numbers from a text such as `40, 65`; empty for none, null where it is something else. */
export function edgesOf(text: string): number[] | null {
  const parts = text.split(/[,;\s]+/).filter((part) => part !== '');
  const edges = parts.map(Number);
  return edges.every(Number.isFinite) ? [...new Set(edges)].sort((a, b) => a - b) : null;
}
