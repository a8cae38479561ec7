import { createPinia, setActivePinia } from 'pinia';
import type { Handlers } from '../../src-main/contract/index.ts';
import { connect } from '../../src-main/rpc/client.ts';
import { serve } from '../../src-main/rpc/server.ts';
import { memoryPair } from '../../src-main/rpc/transports/memory.ts';
import { useConnection } from '../../src-renderer/engine/connectionStore.ts';

/**
 * A window's stores, new ones, connected to these handlers through the real client and server: what they answer and
 * report is held by the contract. Answers Pinia, for components.
 */
export function windowWith(handlers: Partial<Handlers>) {
  const pinia = createPinia();
  setActivePinia(pinia);
  connectTo(handlers);
  return pinia;
}

/** Connects the stores that there are, anew where they were. Answers how to cut the connection, as a network does. */
export function connectTo(handlers: Partial<Handlers>): () => void {
  const [near, far] = memoryPair();
  serve(far, handlers);
  const connection = useConnection();
  connection.connection = { client: connect(near) };
  connection.engine = { state: 'ready' };
  return () => far.close();
}

/** A promise that is settled from outside. */
export const later = <Value>() => Promise.withResolvers<Value>();

/** Lets all that is on its way arrive. */
export const arrived = () => new Promise((done) => setTimeout(done, 5));
