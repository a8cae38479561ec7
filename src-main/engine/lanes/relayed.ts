import type { Handlers } from '../../contract/index.ts';
import type { Lane } from './lane.ts';
import { HOMES, type LaneName } from './methods.ts';

type Relayed = Pick<Handlers, keyof typeof HOMES>;
type AnyCall = (method: string, input: unknown, options: object) => Promise<unknown>;

/** Handlers that have the lane of each method answer. */
export function relayed(lanes: Record<LaneName, Lane>): Relayed {
  const entries = Object.entries(HOMES).map(([name, home]) => {
    const { call } = lanes[home] as { call: AnyCall };
    const handler = (input: unknown, { signal, progress }: { signal: AbortSignal; progress: unknown }) =>
      call(name, input, { signal, onProgress: progress });
    return [name, handler];
  });
  return Object.fromEntries(entries) as unknown as Relayed;
}
