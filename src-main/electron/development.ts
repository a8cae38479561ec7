import { app } from 'electron';
import { setTimeout as delay } from 'node:timers/promises';
import { developmentPolicy, type Additions } from '../window/securityHeaders.ts';

/** Where `npm run dev` serves the window from its sources. */
export interface Development {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  /** Where its client hears of changes. */
  socket: string;
  policy: Additions;
}

/** Undefined in a packaged application, and wherever `npm run dev` did not start this one. */
export function developmentServer(env: NodeJS.ProcessEnv = process.env): Development | undefined {
  const { ELECTRON_RENDERER_URL: address = '', CUTPOINT_DEV_NONCE: nonce } = env;
  const url = URL.parse(address);
  if (app.isPackaged || !nonce || url?.protocol !== 'http:' || url.hostname !== '127.0.0.1') return undefined;
  const socket = `ws://${url.host}`;
  return { origin: url.origin, socket, policy: { ...developmentPolicy(nonce), 'connect-src': [socket] } };
}

/** A file of the window as the development server makes it from the sources. */
export function developmentFile({ origin }: Development, request: Request, path: string): Promise<Response> {
  const { pathname, search } = new URL(path, origin);
  return fetch(`${origin}${pathname}${search}`, { headers: { Accept: request.headers.get('Accept') ?? '*/*' } });
}

/** Resolves to whether this is the only instance; one that is being replaced may take `patience` milliseconds to end. */
export async function onlyInstance(patience = 20_000): Promise<boolean> {
  for (const until = performance.now() + patience; performance.now() < until; await delay(100))
    if (app.requestSingleInstanceLock()) return true;
  return false;
}
