import type { CutpointError } from '../contract/errors.ts';

/**
 * Writes to the log where in the code a defect arose. Its sentence is on the caller's screen and stays out of the log: it
 * may hold the name of a file, and that a patient's.
 */
export function logDefect(during: string, error: CutpointError): void {
  const cause = error.cause instanceof Error ? error.cause : error;
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  console.error([`${error.code} in ${during}: ${cause.name}`, ...frames].join('\n'));
}
