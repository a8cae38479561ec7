import { clearLine, cursorTo } from 'node:readline';
import type { ErrorReply } from '../contract/errors.ts';

/** Milliseconds between two states of the line of progress in a terminal. */
const REWRITE_EVERY = 100;
/** The same where no line can be rewritten (a log file, a cluster job); epochs have lines of their own. */
const LINE_EVERY = 60_000;

/** Standard output carries the result, and nothing else; progress and errors go to standard error. */
export interface Output {
  /** The one result: as a JSON document, or as text. */
  result(document: unknown, text: () => string): void;
  /** A line that stays. */
  note(line: string): void;
  /** A line that the next one replaces; without a terminal one line a minute. */
  progress(line: string): void;
  error(error: ErrorReply, trace?: string): void;
}

export function createOutput({
  json,
  out = process.stdout,
  err = process.stderr,
}: {
  json: boolean;
  out?: NodeJS.WritableStream;
  err?: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
}): Output {
  let last = err.isTTY ? -Infinity : performance.now();
  let open = false;
  const document = (value: unknown) => out.write(`${JSON.stringify(value, asJson, 2)}\n`);

  function wipe(): void {
    if (!open) return;
    clearLine(err, 0);
    cursorTo(err, 0);
    open = false;
  }

  function note(line: string): void {
    wipe();
    err.write(`${printable(line)}\n`);
  }

  return {
    result(value, text) {
      wipe();
      if (json) document(value);
      else out.write(`${printable(text())}\n`);
    },
    note,
    progress(line) {
      if (performance.now() - last < (err.isTTY ? REWRITE_EVERY : LINE_EVERY)) return;
      last = performance.now();
      if (!err.isTTY) return note(line);
      wipe();
      // A longer line would wrap, and could not be wiped. Some terminals do not know their width and say 0.
      err.write(printable(line).slice(0, (err.columns || 80) - 1));
      open = true;
    },
    error(error, trace) {
      note(`error [${error.code}]: ${error.message}`);
      if (error.remedy) note(error.remedy);
      if (trace) note(trace);
      if (json) document({ error });
    },
  };
}

/** JSON has no bytes: they are written as base64. */
function asJson(this: Record<string, unknown>, key: string, value: unknown): unknown {
  // A Buffer has a JSON form of its own, which is what `value` is by now.
  const found = this[key];
  if (!(found instanceof Uint8Array)) return value;
  return Buffer.from(found.buffer, found.byteOffset, found.byteLength).toString('base64');
}

/** Names of files and classes may hold characters that a terminal obeys; it shows them as unknown ones instead. */
const printable = (text: string) => text.replace(/[^\P{Cc}\n\t]/gu, '\ufffd');
