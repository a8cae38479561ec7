import {
  contract,
  type CallContext,
  type Client,
  type Handlers,
  type InputOf,
  type MethodName,
} from '../contract/index.ts';

/**
 * Handlers that pass every call on to another client: how a shell puts its window through to the engine, and the engine a
 * call to the process that answers it.
 * @param methods those that are passed on; left out: all of them
 */
export function relay<M extends MethodName = MethodName>(
  client: Pick<Client, 'call'>,
  methods: readonly M[] = Object.keys(contract) as M[],
): Pick<Handlers, M> {
  const pass = (method: MethodName) => (input: InputOf<MethodName>, call: CallContext<MethodName>) =>
    client.call(method, input, { signal: call.signal, onProgress: call.progress });
  return Object.fromEntries(methods.map((method) => [method, pass(method)])) as unknown as Pick<Handlers, M>;
}
