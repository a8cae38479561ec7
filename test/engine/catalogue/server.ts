import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes that differ from place to place, so that parts glued together wrongly are seen. */
export const content = (size: number, seed = 1): Buffer =>
  Buffer.from(Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8) * 7 + seed) & 255));

interface Served {
  body: Buffer;
  etag?: string;
  /** Answers ranges. */
  ranges?: boolean;
  /** Sends so many bytes of the body, and closes the connection when the reader has them. */
  cut?: { after: number; arrived: Promise<void> };
  /** Sends no length. */
  chunked?: boolean;
}

/** A web server on this machine that serves one file, and records what it was asked. */
export async function fileServer() {
  const asked: { path: string; headers: IncomingHttpHeaders }[] = [];
  const state = { served: { body: Buffer.alloc(0) } as Served };
  const special = new Map<string, (response: ServerResponse) => void>();
  const server = createServer((request, response) => {
    asked.push({ path: request.url!, headers: request.headers });
    const own = special.get(request.url!);
    if (own) return void own(response);
    const { body, etag, ranges = true, cut, chunked = false } = state.served;
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const sameFile = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
    const start = ranges && range && sameFile ? Number(range[1]) : 0;
    if (start > 0 && start >= body.length) {
      return void response.writeHead(416, { 'content-range': `bytes */${body.length}` }).end();
    }
    const part = body.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, {
      ...(chunked ? {} : { 'content-length': part.length }),
      ...(etag === undefined ? {} : { etag }),
      ...(start > 0 ? { 'content-range': `bytes ${start}-${body.length - 1}/${body.length}` } : {}),
    });
    if (cut === undefined) return void response.end(part);
    response.write(part.subarray(0, cut.after));
    void cut.arrived.then(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    serve: (served: Served) => (state.served = served),
    answer: (path: string, how: (response: ServerResponse) => void) => special.set(path, how),
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
