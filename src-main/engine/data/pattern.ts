import { CutpointError } from '../../contract/errors.ts';
import { inThread, LimitReached } from './inThread.ts';

export interface PatternTask {
  pattern: string;
  files: readonly string[];
}

export type PatternAnswer = { captured: (string | undefined)[] } | { wrong: string };

const THREAD = new URL('./patternThread.ts', import.meta.url);
/** A sensible pattern takes microseconds a name; the rest is for the thread to start on a busy machine. */
const limits = (files: number) => ({ milliseconds: 5000 + files / 10, megabytes: 256 + files / 1000 });

/**
 * The patient that a regular expression's first capture group reads from each relative path; undefined where it matches
 * none. JavaScript's syntax backtracks, so that some patterns take longer than the universe has: it runs in a thread
 * with a deadline. Throws GROUP_PATTERN_INVALID.
 */
export async function readByPattern(pattern: string, files: readonly string[]): Promise<(string | undefined)[]> {
  const answer = await inThread<PatternAnswer>(
    THREAD,
    { pattern, files } satisfies PatternTask,
    limits(files.length),
  ).catch((cause) => {
    if (!(cause instanceof LimitReached)) throw cause;
    throw invalid(
      `The file-name pattern was stopped: on ${files.length === 1 ? 'one name' : `${files.length} names`} it took more ${cause.limit} than any pattern should.`,
      'Parts that can match the same text in many ways, such as (\\w+)+, take forever; write (\\w+) instead.',
      cause,
    );
  });
  if ('wrong' in answer) throw invalid(answer.wrong);
  return answer.captured;
}

export function invalid(
  message: string,
  remedy = 'For names such as person12_3.png the pattern is (person\\d+)_',
  cause?: unknown,
): CutpointError {
  return new CutpointError('GROUP_PATTERN_INVALID', message, { remedy, cause });
}
