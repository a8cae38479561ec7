import { CommanderError } from 'commander';
import { capitalised } from './text/units.ts';
import { CutpointError, ERROR_CODES, type ErrorCode } from '../contract/errors.ts';

/** What commander throws after it has printed help or the version: all is done. */
export function isHelp(thrown: unknown): boolean {
  return thrown instanceof CommanderError && thrown.exitCode === 0;
}

/** Whatever was thrown, with a code; a mistyped command line is INPUT_INVALID. */
export function problemOf(thrown: unknown): CutpointError {
  if (!(thrown instanceof CommanderError)) return CutpointError.from(thrown);
  if (thrown.code === 'commander.help') {
    return new CutpointError('INPUT_INVALID', 'A command is missing.', { remedy: '`cutpoint --help` lists them.' });
  }
  const [sentence = '', hint = ''] = thrown.message.replace(/^error: /, '').split('\n');
  const suggestion = /\(Did you mean (.*)\?\)/.exec(hint)?.[1];
  return new CutpointError('INPUT_INVALID', `${capitalised(sentence)}${sentence.endsWith('.') ? '' : '.'}`, {
    remedy: `${suggestion ? `Did you mean ${suggestion}? ` : ''}\`cutpoint --help\` lists the commands, \`cutpoint COMMAND --help\` their options.`,
    cause: thrown,
  });
}

/** One unreadable file does not stop the others; none that can be read is an error. */
export function refuseNothing(
  done: readonly unknown[],
  problems: readonly { file: string; code: string; message: string }[],
): void {
  const [first] = problems;
  if (done.length > 0 || !first) return;
  const code = first.code in ERROR_CODES ? (first.code as ErrorCode) : 'FILE_NOT_READABLE';
  const sentence = problems.length === 1 ? `${first.file}: ${first.message}` : 'None of the files can be used.';
  throw new CutpointError(code, sentence, { details: { problems } });
}

/** The exit status of a command that did what it could, and left out what could not be used. */
const PARTIAL = 3;

/** Files were missing or could not be used: what was done is told, and the exit status says that it is not all. */
export function tellPartial(problems: readonly unknown[]): void {
  if (problems.length > 0) process.exitCode = PARTIAL;
}

/** The answer is whole, and says that something has to be corrected first. */
export function tellObstacle(): void {
  process.exitCode = 1;
}

/** 1 where the person at the screen can mend it (an interruption included), 2 where it is a defect of Cutpoint. */
export function exitStatus(problem: CutpointError): 1 | 2 {
  return problem.kind === 'defect' ? 2 : 1;
}
