import type { Handlers } from '../../contract/index.ts';

type AnyHandler = (input: unknown, call: unknown) => unknown;

/** Handlers that are read from their files at the first call of one of them: who asks for a list need not wait for them. */
export function loadedLater<M extends keyof Handlers>(
  methods: readonly M[],
  load: () => Promise<Pick<Handlers, M>>,
): Pick<Handlers, M> {
  let loading: Promise<Pick<Handlers, M>> | undefined;
  let loaded: Pick<Handlers, M> | undefined;
  const handlers = methods.map((method) => {
    const later: AnyHandler = async (input, call) => {
      loaded = await (loading ??= load());
      return (loaded[method] as AnyHandler)(input, call);
    };
    // Once they are there, what they tell first is told at once.
    const handler: AnyHandler = (input, call) => ((loaded?.[method] as AnyHandler | undefined) ?? later)(input, call);
    return [method, handler] as const;
  });
  return Object.fromEntries(handlers) as unknown as Pick<Handlers, M>;
}
