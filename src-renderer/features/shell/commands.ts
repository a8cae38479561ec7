import { shallowReactive } from 'vue';

/** Something the palette can do. */
export interface Command {
  id: string;
  title: () => string;
  /** Further words by which it is found. */
  words?: () => string;
  /** Keys as in {@link keysOf}: `g d` for one after the other, `mod+k` for both at once. */
  keys?: string;
  /** Left out: always. */
  when?: () => boolean;
  run: () => unknown;
}

const commands = shallowReactive(new Map<string, Command>());

/** Offers commands, in the palette and by their keys. @returns what takes them back */
export function offer(...added: readonly Command[]): () => void {
  for (const command of added) commands.set(command.id, command);
  return () => added.forEach(({ id }) => commands.delete(id));
}

/** Those that can be run now, in the order in which they were offered. */
export const offered = (): Command[] => [...commands.values()].filter(({ when }) => when?.() ?? true);
