import type { JobRow } from '../../../src-main/contract/job.ts';
import { duration } from '../../logic/format.ts';

/** How far a job is; without a total, nobody knows. */
export interface JobProgress {
  done: number;
  total: number | null;
  /** What it does just now, where it says so. */
  message: string | null;
}

/** Progress as the methods of the contract report it: counts, received bytes, or a sentence. */
export function progressOf(event: unknown): JobProgress {
  const { done, bytes, total, message } = (event ?? {}) as Record<string, unknown>;
  const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
  return {
    done: number(done) ?? number(bytes) ?? 0,
    total: number(total),
    message: typeof message === 'string' ? message : null,
  };
}

/** How long a job that has ended took; null for the others. */
export function took({ startedAt, endedAt }: Pick<JobRow, 'startedAt' | 'endedAt'>): string | null {
  if (startedAt === null || endedAt === null) return null;
  return duration((Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
}
