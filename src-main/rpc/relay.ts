import {
  contract,
  type CallContext,
  type Client,
  type Handlers,
  type InputOf,
  type MethodName,
} from '../contract/index.ts';

/** Handlers that pass every call on to another client: how a shell puts its window through to the engine. */
export function relay(client: Client): Handlers {
  const pass = (method: MethodName) => (input: InputOf<MethodName>, call: CallContext<MethodName>) =>
    client.call(method, input, { signal: call.signal, onProgress: call.progress });
  const methods = Object.keys(contract) as MethodName[];
  return Object.fromEntries(methods.map((method) => [method, pass(method)])) as unknown as Handlers;
}
