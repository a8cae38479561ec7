import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
/** The header in which a page sends its secret with what is no WebSocket message. */
const SECRET_HEADER = 'cutpoint-secret';

/** What a browser holds that was let in. */
export interface Session {
  /** In a cookie, which the browser also sends to every other port of this host. */
  id: string;
  /** In the storage of the page, which no other port can read. */
  secret: string;
}

export interface Access {
  /** The token of a new link. It opens one session, once; a link before it that nobody has used opens none. */
  newToken(): string;
  /** Whether the token would open a session now. It is not spent by the question. */
  opens(token: string): boolean;
  /** A session for a right token, which is spent by that: the cookie's header, and the secret for the page. */
  open(token: string): { cookie: string; secret: string } | undefined;
  /** Whether the request carries the cookie of a session: enough for the files of the window, which hold no data. */
  granted(request: IncomingMessage): boolean;
  /** Whether the request carries a session's cookie and `secret` is its other half: enough for everything. */
  proven(request: IncomingMessage, secret?: string): boolean;
}

export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Who may use one web shell: browsers that came with a link's token, each token once. `port` keeps cookies apart. */
export function createAccess(port: number, spent: () => void = () => {}, sessions: Session[] = []): Access {
  // Cookies are shared by all ports of a host.
  const name = `cutpoint-${port}`;
  let token: string | undefined;

  const opens = (given: string) => token !== undefined && equal(given, token);
  const sessionOf = (request: IncomingMessage): Session | undefined => {
    const cookies = (request.headers.cookie ?? '').split(/;\s*/).filter((cookie) => cookie.startsWith(`${name}=`));
    return sessions.find(({ id }) => cookies.some((cookie) => equal(cookie.slice(name.length + 1), id)));
  };
  return {
    newToken: () => (token = newSecret()),
    opens,
    open(given) {
      if (!opens(given)) return undefined;
      token = undefined;
      const session = { id: newSecret(), secret: newSecret() };
      sessions.push(session);
      spent();
      return { cookie: `${name}=${session.id}; HttpOnly; SameSite=Strict; Path=/`, secret: session.secret };
    },
    granted: (request) => sessionOf(request) !== undefined,
    proven(request, secret = String(request.headers[SECRET_HEADER] ?? '')) {
      const session = sessionOf(request);
      return session !== undefined && equal(secret, session.secret);
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

/** Whether two secrets are the same, in a time that says nothing of where they differ. */
export function equal(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(left!, right!);
}
