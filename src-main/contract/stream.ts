import { z } from 'zod';

/**
 * The place of an event in its stream, for handing back as `after`. Each stream of each life of the engine numbers its own:
 * that of another one is not known, and is no error.
 */
const place = z.string().max(64).optional();

/** Input of a method that follows a stream: what came after that event, where it is still known. */
export const following = { after: place };

/**
 * Events of a stream that can be taken up again. Where the place is not given or not known, all that is needed to have the
 * whole picture comes first; of that only the last has an id, as half of it is no place to go on from.
 */
export const numbered = <E extends z.ZodType>(event: E) => z.intersection(event, z.object({ id: place }));

/** An event with its place. */
export type Numbered<E> = E & { id?: string | undefined };

/**
 * Tells each event but once, of those that may come again: what is stored and what was just reported overlap, and so do a
 * stream and its beginning anew.
 */
export function once<E extends object>(
  tell: (event: Numbered<E>) => void,
  mayRepeat: (event: E) => boolean,
): (event: Numbered<E>) => void {
  const told = new Set<string>();
  return (event) => {
    if (mayRepeat(event)) {
      const key = JSON.stringify({ ...event, id: undefined });
      if (told.has(key)) return;
      told.add(key);
    }
    tell(event);
  };
}
