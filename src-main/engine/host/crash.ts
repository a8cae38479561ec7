import { CutpointError, type ErrorCode } from '../../contract/errors.ts';
import type { EngineExit } from './engineProcess.ts';

interface Kind {
  code: ErrorCode;
  /** Subject of the sentence. */
  who: string;
  /** What to do. */
  remedy: string;
}

/** What can end unexpectedly. */
const KINDS = {
  engine: { code: 'ENGINE_CRASHED', who: 'The engine', remedy: 'The engine has been restarted; resume the run.' },
  compute: {
    code: 'WORKER_CRASHED',
    who: 'The process that computes',
    remedy: 'Everything else continues. Resume the run, or try again.',
  },
  files: {
    code: 'WORKER_CRASHED',
    who: 'The process that reads files',
    remedy: 'Everything else continues. Try again; if it happens again, one of the files may be the cause.',
  },
} as const satisfies Record<string, Kind>;

/** The error of a process that is gone. What the kernel ends for lack of memory gets SIGKILL, without a word. */
export function crashed(
  kind: keyof typeof KINDS,
  exit: EngineExit,
  { memoryRanOut, lastLines }: { memoryRanOut: boolean; lastLines?: string[] },
): CutpointError {
  const { code, who, remedy } = KINDS[kind];
  const killed = exit.signal === 'SIGKILL' || exit.code === 137;
  const cause = memoryRanOut
    ? 'The system ended a program because memory ran out'
    : 'Unless somebody ended it, memory is the likely cause';
  const smaller = kind === 'files' ? '' : ' If it happens again, close other programs or train with a smaller batch.';
  return new CutpointError(code, `${who} ended unexpectedly (${how(exit)}).${killed ? ` ${cause}.` : ''}`, {
    remedy: killed ? `${remedy}${smaller}` : remedy,
    details: { ...exit, ...(lastLines && { lastLines }) },
  });
}

export function how({ code, signal }: EngineExit): string {
  return signal ? `signal ${signal}` : `exit status ${code ?? 'unknown'}`;
}
