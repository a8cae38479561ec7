import { lineageOf, RANDOM_WEIGHTS } from '../../../src-main/contract/origin.ts';
import type { SourceSummary } from '../../../src-main/contract/source.ts';
import { t } from '../../text/index.ts';

/** The names that a source descends from, the earliest first, its own at the end. */
export const lineageNames = (source: Pick<SourceSummary, 'name' | 'origin'>): string[] =>
  lineageOf(source).map((name) => (name === RANDOM_WEIGHTS ? t('sources.random') : name));
