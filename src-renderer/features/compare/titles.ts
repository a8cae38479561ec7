import type { ComparisonRow, ComparisonSummary } from '../../../src-main/contract/comparison/index.ts';
import type { RowKey } from '../../../src-main/contract/comparison/rows.ts';
import { titleOf } from '../../../src-main/contract/strategies.ts';
import { percent } from '../../logic/format.ts';
import { fixed } from '../../logic/locale.ts';
import { backboneTitle } from '../../logic/network.ts';
import { said, t } from '../../text/index.ts';

/** What a comparison goes by: the name that a person gave it, or its kind and network. */
export const nameOf = ({ name, kind, backbone }: Pick<ComparisonRow, 'name' | 'kind' | 'backbone'>): string =>
  name ?? `${t(`compare.kind.${kind}.title`)}, ${backboneTitle(backbone)}`;

export const nameOfWhole = ({ plan, ...comparison }: ComparisonSummary): string =>
  nameOf({ ...comparison, backbone: plan.base.backbone });

/** The source is named where there are several, the share where it is not all. */
export function rowTitle(row: RowKey, { severalSources = false } = {}): string {
  return [
    said(titleOf(row)),
    ...(severalSources && row.source !== null ? [t('compare.from', { source: row.source })] : []),
    ...(row.share === 1 ? [] : [t('compare.ofPatients', { share: percent(row.share) })]),
  ].join(', ');
}

/** A p-value as it is printed: three decimals, and no zero that it cannot be. */
export const pText = (p: number | null): string =>
  p === null ? t('common.unknown') : p < 0.001 ? `< ${fixed(0.001, 3)}` : fixed(p, 3);
