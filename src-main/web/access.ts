import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

export interface Access {
  /** The token of the link. It opens one session, once. */
  readonly token: string;
  /** The cookie's header for a right token, which is spent by that; undefined for a wrong or spent one. */
  open(token: string): string | undefined;
  /** Whether the request carries the session's cookie. */
  granted(request: IncomingMessage): boolean;
}

const secret = () => randomBytes(32).toString('base64url');

/** Who may use one web shell: the browser that came first with the link's token. `port` keeps cookies of shells apart. */
export function createAccess(port: number): Access {
  const token = secret();
  const session = secret();
  // Cookies are shared by all ports of a host.
  const name = `cutpoint-${port}`;
  let spent = false;
  return {
    token,
    open(given) {
      if (spent || !equal(given, token)) return undefined;
      spent = true;
      return `${name}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    },
    granted(request) {
      const cookies = (request.headers.cookie ?? '').split(/;\s*/).filter((cookie) => cookie.startsWith(`${name}=`));
      return cookies.some((cookie) => equal(cookie.slice(name.length + 1), session));
    },
  };
}

/**
 * Whether the request was addressed to this machine by a loopback name. A page elsewhere whose name was made to resolve
 * to 127.0.0.1 (DNS rebinding) sends its own name. Any port: a tunnel may have another at its near end.
 */
export function addressedToLoopback(request: IncomingMessage): boolean {
  return LOOPBACK.has((request.headers.host ?? '').replace(/:\d+$/, ''));
}

/** Whether the request was made by a page of this shell; browsers always name the origin with PUT, POST and WebSocket. */
export function fromOwnPage(request: IncomingMessage): boolean {
  return request.headers.origin === `http://${request.headers.host}`;
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
