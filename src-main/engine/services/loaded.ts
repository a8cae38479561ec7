import type { Handlers } from '../../contract/index.ts';

type AnyHandler = (input: unknown, call: unknown) => unknown;

/** Handlers that are read from their files at the first call of one of them: who asks for a list need not wait for them. */
export function loadedLater<M extends keyof Handlers>(
  methods: readonly M[],
  load: () => Promise<Pick<Handlers, M>>,
): Pick<Handlers, M> {
  let loaded: Promise<Pick<Handlers, M>> | undefined;
  const handlers = methods.map((method) => {
    const handler: AnyHandler = async (input, call) => {
      const { [method]: found } = await (loaded ??= load());
      return (found as AnyHandler)(input, call);
    };
    return [method, handler] as const;
  });
  return Object.fromEntries(handlers) as unknown as Pick<Handlers, M>;
}
