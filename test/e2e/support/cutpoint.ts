import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { CutpointError, ERROR_CODES, type ErrorCode } from '../../../src-main/contract/errors.ts';
import { asAfterFirstStart } from '../../support/firstStart.ts';

const ENTRY = resolve(import.meta.dirname, '../../../bin/cutpoint.mjs');

const errorDocument = z.strictObject({
  error: z.strictObject({
    code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
    message: z.string().min(1),
    remedy: z.string().optional(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
});

/** How a command ended and all it wrote. */
export interface Ended {
  /** Exit status; null where a signal ended it. */
  status: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  child: ChildProcess;
  /** Resolves once standard error or output matches; rejects when the command ends before. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<Ended>;
}

/** The real command in a process of its own. A workspace that is not there yet is made as after its first start. */
export function start(args: readonly string[], { cwd, env }: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Running {
  const workspace = args.includes('--workspace') && args[args.indexOf('--workspace') + 1];
  if (workspace && existsSync(dirname(workspace)) && !existsSync(workspace)) asAfterFirstStart(workspace);
  const child = spawn(process.execPath, [ENTRY, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  const looking = new Set<() => void>();
  const look = () => looking.forEach((check) => check());
  child.stdout.setEncoding('utf8').on('data', (text: string) => ((stdout += text), look()));
  child.stderr.setEncoding('utf8').on('data', (text: string) => ((stderr += text), look()));
  const ended = new Promise<Ended>((done) =>
    child.once('close', (status, signal) => done({ status, signal, stdout, stderr })),
  );
  return {
    child,
    ended,
    until: (pattern) =>
      new Promise((found, missed) => {
        const check = () => {
          const match = pattern.exec(stderr) ?? pattern.exec(stdout);
          if (!match) return;
          looking.delete(check);
          found(match);
        };
        looking.add(check);
        check();
        void ended.then(() => missed(new Error(`ended without ${String(pattern)}: ${stderr}${stdout}`)));
      }),
  };
}

export function run(args: readonly string[], options: { cwd?: string } = {}): Promise<Ended> {
  return start(args, options).ended;
}

/**
 * Runs a command with --json that succeeds, and checks its document: exactly what the schema knows.
 * @param expected the exit status; not 0 where the document tells of what was left out
 */
export async function json<S extends z.ZodType>(
  schema: S,
  args: readonly string[],
  expected = 0,
): Promise<z.output<S>> {
  const { status, stdout, stderr } = await run([...args, '--json']);
  if (status !== expected) throw new Error(`exit status ${String(status)}: ${stderr}`);
  return schema.parse(JSON.parse(stdout));
}

/** Runs a command that fails; with --json the document on standard output and the text on standard error agree. */
export async function failure(args: readonly string[]): Promise<CutpointError & { status: number | null }> {
  const { status, stdout, stderr } = await run([...args, '--json']);
  if (status === 0) throw new Error(`it succeeded: ${stdout}`);
  const { error } = errorDocument.parse(JSON.parse(stdout));
  if (!stderr.includes(`error [${error.code}]: ${error.message}`)) throw new Error(`not told in words: ${stderr}`);
  return Object.assign(CutpointError.fromReply(error), { status });
}
