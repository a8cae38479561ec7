import { randomInt } from 'node:crypto';

/** Letters and digits that are not mistaken for each other when read aloud or copied. */
const ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';

/**
 * Stores a row under a new id of that moment.
 * @param insert returns how many rows were stored: none where there is that id already
 */
export function withNewId(at: Date, insert: (id: string) => { changes: number }): string {
  let id: string;
  do id = runId(at);
  while (insert(id).changes === 0);
  return id;
}

/** A run's name: short, readable, sorted by time (UTC), e.g. `20261121-153012-x7k2`. */
export function runId(at: Date): string {
  const [date = '', time = ''] = at.toISOString().split('T');
  const suffix = Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${suffix}`;
}
