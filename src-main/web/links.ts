import { createHmac } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { CutpointError } from '../contract/errors.ts';
import { equal, newSecret } from './access.ts';

/** Where a running shell can be asked for a new link, and the key that both sides prove to know. Its user's alone. */
const control = z.object({ port: z.int().min(1).max(65535), key: z.string().min(20) });
export type Control = z.infer<typeof control>;

/** One side of the exchange: who does not know the key can neither ask for a link nor answer with one of his own. */
export const question = z.object({ nonce: z.string().min(20).max(100), proof: z.string() });
const answer = z.object({ token: z.string(), proof: z.string() });

const ANSWER_WITHIN = 5000;
const LARGEST_ANSWER = 10_000;
const sign = (key: string, ...parts: string[]): string =>
  createHmac('sha256', key).update(parts.join(' ')).digest('hex');

const folderOf = (workspace: string) => join(workspace, 'serve');
const controlFile = (workspace: string) => join(folderOf(workspace), 'serve.json');

export const linkTo = (port: number, token: string): string => `http://127.0.0.1:${port}/?token=${token}`;

/** What a shell keeps in WORKSPACE/serve while it runs: the way to it, and files that open a browser. */
export function serveFolder(workspace: string, control: Control) {
  const folder = folderOf(workspace);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const write = (path: string, text: string) => writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  // What a shell left that was killed.
  remove();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  write(controlFile(workspace), JSON.stringify(control));
  let redirect: string | undefined;
  return {
    /**
     * The address of a file that leads to the link. A program's arguments can be read by every user of the machine in
     * the list of processes; this file only by its own.
     */
    redirectTo(link: string): string {
      redirect = join(folder, `open-${newSecret().slice(0, 12)}.html`);
      write(redirect, redirectPage(link));
      return pathToFileURL(redirect).href;
    },
    /** Removes that file. */
    opened(): void {
      if (redirect !== undefined) rmSync(redirect, { force: true });
    },
    remove,
  };
}

const redirectPage = (link: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${link}">
<title>Cutpoint</title>
<p><a href="${link}">Open Cutpoint</a></p>
`;

/** The answer to a question that was asked with the key: a token, signed. Undefined for one that was not. */
export function answerQuestion(key: string, asked: z.infer<typeof question>, token: () => string) {
  if (!equal(asked.proof, sign(key, 'ask', asked.nonce))) return undefined;
  const fresh = token();
  return { token: fresh, proof: sign(key, 'answer', asked.nonce, fresh) } satisfies z.infer<typeof answer>;
}

/**
 * Asks the shell that serves a workspace for a new link.
 * @throws CutpointError SERVE_NOT_RUNNING, also where what listens on its port cannot prove that it is the shell
 */
export async function askForLink(workspace: string): Promise<string> {
  const running = control.safeParse(readJson(controlFile(workspace))).data;
  if (!running) throw notRunning(workspace);
  const nonce = newSecret();
  const body = JSON.stringify({ nonce, proof: sign(running.key, 'ask', nonce) } satisfies z.infer<typeof question>);
  const reply = await post(running.port, '/link', body).catch((cause: unknown) => {
    throw notRunning(workspace, cause);
  });
  const given = answer.safeParse(reply).data;
  if (!given || !equal(given.proof, sign(running.key, 'answer', nonce, given.token))) throw notRunning(workspace);
  return linkTo(running.port, given.token);
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function post(port: number, path: string, body: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method: 'POST', signal: AbortSignal.timeout(ANSWER_WITHIN) };
    const request = httpRequest({ ...options, headers: { 'Content-Type': 'application/json' } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        if (text.length > LARGEST_ANSWER) request.destroy(new Error('the answer is too long'));
      });
      response.on('error', reject);
      response.on('end', () => {
        try {
          resolve(JSON.parse(text));
        } catch (thrown) {
          reject(thrown as Error);
        }
      });
    });
    request.on('error', reject).end(body);
  });
}

function notRunning(workspace: string, cause?: unknown): CutpointError {
  return new CutpointError('SERVE_NOT_RUNNING', `No window is served for the workspace '${workspace}'.`, {
    remedy: 'Start one with `cutpoint serve`, which prints a link, or name the workspace of the one that runs.',
    cause,
  });
}
