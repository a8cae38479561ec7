import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { z } from 'zod';
import { CutpointError, type ErrorCode } from '../contract/errors.ts';
import { securityHeaders } from '../window/securityHeaders.ts';
import { addressedToLoopback, fromOwnPage, type Access } from './access.ts';
import type { createAttempts } from './attempts.ts';
import type { DroppedFiles } from './dropped.ts';
import { question, type answerQuestion } from './links.ts';
import { openingPage, openingScript } from './openingPage.ts';
import { refusalPage } from './refusalPage.ts';
import type { WindowFiles } from './windowFiles.ts';

export interface Site {
  access: Access;
  files: WindowFiles;
  dropped: DroppedFiles;
  attempts: ReturnType<typeof createAttempts>;
  /** A token for who asks with the shell's key. */
  answerLink(asked: z.infer<typeof question>): ReturnType<typeof answerQuestion>;
  /** A link for one more browser. */
  newLink(): string;
}

const tokenBody = z.object({ token: z.string() });
const LARGEST_BODY = 10_000;

/** HTTP status of the errors that dropped files meet; all others are 400. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  TOKEN_INVALID: 403,
  FOLDER_EMPTY: 404,
  IMAGE_TOO_LARGE: 413,
  DISK_FULL: 507,
  WORKSPACE_NOT_WRITABLE: 500,
  DEFECT: 500,
};

/** Answers the HTTP requests of a browser: the exchange of the token, the built window, dropped files. */
export function answerRequests(server: Server, site: Site): void {
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(headersFor(request, site.files))) response.setHeader(name, value);
    answer(request, response, site).catch((thrown: unknown) => {
      const error = CutpointError.from(thrown);
      if (response.headersSent) return response.destroy();
      // A browser that is still sending does not look for an answer: the rest of a refused body is read and dropped.
      request.resume();
      writeJson(response, STATUS[error.code] ?? 400, error.toReply());
    });
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  if (!addressedToLoopback(request)) return refuse(response, 421, wrongAddress());
  const url = URL.parse(request.url ?? '/', 'http://127.0.0.1');
  if (!url) return void response.writeHead(400).end();
  const reading = request.method === 'GET' || request.method === 'HEAD';

  const token = url.searchParams.get('token');
  if (reading && url.pathname === '/open.js') return write(request, response, 'text/javascript', openingScript);
  if (reading && url.pathname === '/' && token !== null) return welcome(request, response, site, token);
  if (request.method === 'POST' && url.pathname === '/session') return openSession(request, response, site);
  if (request.method === 'POST' && url.pathname === '/link') return giveLink(request, response, site);
  if (!site.access.granted(request)) return refuse(response, 403, tokenInvalid());
  if (reading) return site.files.deliver(request, response, url.pathname);
  if (!fromOwnPage(request) || !site.access.proven(request)) throw tokenInvalid();
  if (request.method === 'POST' && url.pathname === '/another')
    return writeJson(response, 200, { url: site.newLink() });
  return takeDropped(request, response, site.dropped, url.pathname);
}

/** `GET /?token=…`: a page that opens the session by its script. Reading it spends nothing. */
function welcome(request: IncomingMessage, response: ServerResponse, site: Site, token: string): void {
  if (fetchedAhead(request)) return void response.writeHead(503).end();
  if (site.access.opens(token)) return write(request, response, 'text/html; charset=utf-8', openingPage);
  // The same browser may follow its link again.
  if (site.access.granted(request)) return void response.writeHead(303, { Location: '/' }).end();
  site.attempts.wrong();
  return refuse(response, site.attempts.tooMany() ? 429 : 403, tokenInvalid());
}

/** `POST /session` with `{token}` spends the token; answers the page's secret, and sets the cookie. */
async function openSession(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  if (!fromOwnPage(request)) throw tokenInvalid();
  const { data } = tokenBody.safeParse(await jsonOf(request));
  const session = data && site.access.open(data.token);
  if (!session) {
    site.attempts.wrong();
    return writeJson(response, site.attempts.tooMany() ? 429 : 403, tokenInvalid().toReply());
  }
  response.setHeader('Set-Cookie', session.cookie);
  writeJson(response, 200, { secret: session.secret });
}

/** `POST /link`, by `cutpoint serve --link`: a page cannot ask, for want of the key. */
async function giveLink(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  const { data } = question.safeParse(await jsonOf(request));
  const given = data && site.answerLink(data);
  if (given) return writeJson(response, 200, given);
  site.attempts.wrong();
  writeJson(response, 403, tokenInvalid().toReply());
}

/** Whether a browser fetches what nobody has asked to see yet. */
const fetchedAhead = ({ headers }: IncomingMessage): boolean =>
  [headers['sec-purpose'], headers.purpose, headers['x-moz']].some((purpose) =>
    /prefetch|prerender/.test(String(purpose)),
  );

/** The body as JSON; undefined where it is none, or too long. */
async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > LARGEST_BODY) return undefined;
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString());
  } catch {
    return undefined;
  }
}

function write(request: IncomingMessage, response: ServerResponse, type: string, text: string): void {
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) });
  response.end(request.method === 'HEAD' ? undefined : text);
}

function writeJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}

/** `PUT /dropped/<drop>/<path>` stores a file; `POST /dropped/<drop>/done` answers `{folder}`. */
async function takeDropped(request: IncomingMessage, response: ServerResponse, dropped: DroppedFiles, path: string) {
  const [, area, drop = '', ...rest] = path.split('/');
  if (area === 'dropped' && request.method === 'PUT' && rest.length > 0) {
    await dropped.store(drop, rest.map(decoded).join('/'), request);
    response.writeHead(204).end();
  } else if (area === 'dropped' && request.method === 'POST' && rest.join('/') === 'done') {
    const folder = await dropped.folder(drop);
    writeJson(response, 200, { folder });
  } else {
    response.writeHead(405).end();
  }
}

/** A segment of a URL's path; a slash hidden in it stays one segment, which is refused later. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment).replaceAll('/', '\\');
  } catch {
    return '\\';
  }
}

/** Safari holds a WebSocket not to be 'self'. */
function headersFor(request: IncomingMessage, { policy = {} }: WindowFiles): Record<string, string> {
  const sockets = addressedToLoopback(request) ? [`ws://${request.headers.host}`] : [];
  return securityHeaders({ 'connect-src': sockets }, policy);
}

function refuse(response: ServerResponse, status: number, error: CutpointError): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' }).end(refusalPage(error.toReply()));
}

function tokenInvalid(): CutpointError {
  return new CutpointError('TOKEN_INVALID', 'This link does not open Cutpoint: a link works once, in one browser.', {
    remedy:
      'Use the browser that opened it first: its Settings have a link for another one. Or run `cutpoint serve --link` where Cutpoint runs: it prints a new link.',
  });
}

function wrongAddress(): CutpointError {
  return new CutpointError('TOKEN_INVALID', 'Cutpoint answers only under the address of this machine.', {
    remedy: 'Open the link as it was printed; it begins with http://127.0.0.1.',
  });
}
