import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { CutpointError, type ErrorCode } from '../contract/errors.ts';
import { rendererFile } from '../window/rendererFiles.ts';
import { securityHeaders } from '../window/securityHeaders.ts';
import { addressedToLoopback, fromOwnPage, type Access } from './access.ts';
import type { DroppedFiles } from './dropped.ts';
import { refusalPage } from './refusalPage.ts';

export interface Site {
  access: Access;
  rendererFolder: string;
  dropped: DroppedFiles;
}

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
    for (const [name, value] of Object.entries(headersFor(request))) response.setHeader(name, value);
    answer(request, response, site).catch((thrown: unknown) => {
      const error = CutpointError.from(thrown);
      if (response.headersSent) return response.destroy();
      // A browser that is still sending does not look for an answer: the rest of a refused body is read and dropped.
      request.resume();
      response.writeHead(STATUS[error.code] ?? 400, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(error.toReply()));
    });
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  if (!addressedToLoopback(request)) return refuse(response, 421, wrongAddress());
  const url = URL.parse(request.url ?? '/', 'http://127.0.0.1');
  if (!url) return void response.writeHead(400).end();
  const reading = request.method === 'GET' || request.method === 'HEAD';

  const token = url.searchParams.get('token');
  if (reading && url.pathname === '/' && token !== null && !site.access.granted(request)) {
    const cookie = site.access.open(token);
    if (!cookie) return refuse(response, 403, tokenInvalid());
    // The token leaves the address bar and the history.
    response.writeHead(303, { Location: '/', 'Set-Cookie': cookie }).end();
    return;
  }
  if (!site.access.granted(request)) return refuse(response, 403, tokenInvalid());
  if (reading && token !== null) {
    response.writeHead(303, { Location: '/' }).end();
    return;
  }
  if (reading) return deliver(request, response, site.rendererFolder, url.pathname);
  if (!fromOwnPage(request)) throw tokenInvalid();
  return takeDropped(request, response, site.dropped, url.pathname);
}

async function deliver(request: IncomingMessage, response: ServerResponse, folder: string, path: string) {
  const file = await rendererFile(folder, path);
  if (!file) {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is nothing here.\n');
    return;
  }
  response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': file.bytes.length });
  response.end(request.method === 'HEAD' ? undefined : file.bytes);
}

/** `PUT /dropped/<drop>/<path>` stores a file; `POST /dropped/<drop>/done` answers `{folder}`. */
async function takeDropped(request: IncomingMessage, response: ServerResponse, dropped: DroppedFiles, path: string) {
  const [, area, drop = '', ...rest] = path.split('/');
  if (area === 'dropped' && request.method === 'PUT' && rest.length > 0) {
    await dropped.store(drop, rest.map(decoded).join('/'), request);
    response.writeHead(204).end();
  } else if (area === 'dropped' && request.method === 'POST' && rest.join('/') === 'done') {
    const folder = await dropped.folder(drop);
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ folder }));
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
function headersFor(request: IncomingMessage): Record<string, string> {
  return securityHeaders(addressedToLoopback(request) ? [`ws://${request.headers.host}`] : []);
}

function refuse(response: ServerResponse, status: number, error: CutpointError): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' }).end(refusalPage(error.toReply()));
}

function tokenInvalid(): CutpointError {
  return new CutpointError('TOKEN_INVALID', 'This link does not open Cutpoint: a link works once, in one browser.', {
    remedy:
      'Use the browser that opened it first, or stop Cutpoint in its terminal (Ctrl-C) and start it again for a new link.',
  });
}

function wrongAddress(): CutpointError {
  return new CutpointError('TOKEN_INVALID', 'Cutpoint answers only under the address of this machine.', {
    remedy: 'Open the link as it was printed; it begins with http://127.0.0.1.',
  });
}
