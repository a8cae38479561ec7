import { WebSocket } from 'ws';
import { webSocketTransport } from '../../src-main/rpc/transports/webSocket.ts';
import type { Transport } from '../../src-main/rpc/transport.ts';

/** What a browser holds once it has opened a link. */
export interface WebSession {
  origin: string;
  cookie: string;
  secret: string;
}

/** Does what the page of a link does in a browser. */
export async function openSession(link: string): Promise<WebSession> {
  const { origin, searchParams } = new URL(link);
  const body = JSON.stringify({ token: searchParams.get('token') });
  const answer = await fetch(`${origin}/session`, { method: 'POST', headers: { origin }, body });
  const { secret } = (await answer.json()) as { secret: string };
  return {
    origin,
    secret,
    cookie: answer.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; '),
  };
}

export const windowSocket = ({ origin, cookie }: WebSession): WebSocket =>
  new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers: { origin, cookie } });

/** A window's channel: the cookie with the request, the page's secret as the first message. */
export function windowTransport(session: WebSession, socket = windowSocket(session)): Transport {
  const transport = webSocketTransport(socket);
  transport.send({ kind: 'hello', secret: session.secret });
  return transport;
}
