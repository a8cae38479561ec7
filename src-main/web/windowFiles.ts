import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { CutpointError } from '../contract/errors.ts';
import { rendererFile } from '../window/rendererFiles.ts';
import type { Additions } from '../window/securityHeaders.ts';

/** Where the files of the window come from: the folder in which it was built, or a development server. */
export interface WindowFiles {
  /** Answers a GET or HEAD that came with a session. */
  deliver(request: IncomingMessage, response: ServerResponse, path: string): void | Promise<void>;
  /** What the content security policy must allow beside the rest. */
  policy?: Additions;
  /** Takes a WebSocket that came with a session and is not one for calls; false where it is none of these files either. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close?(): Promise<void>;
}

/** @throws CutpointError FILE_NOT_READABLE where nothing has been built in `folder` */
export function builtWindow(folder: string): WindowFiles {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new CutpointError('FILE_NOT_READABLE', 'The window of Cutpoint has not been built.', {
      remedy: 'Run `npm run build` in the folder of Cutpoint.',
    });
  }
  return {
    async deliver(request, response, path) {
      const file = await rendererFile(folder, path);
      if (!file) {
        response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is nothing here.\n');
        return;
      }
      response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': file.bytes.length });
      response.end(request.method === 'HEAD' ? undefined : file.bytes);
    },
  };
}
