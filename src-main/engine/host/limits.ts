import { availableParallelism } from 'node:os';
import type { Limits } from '../../contract/preferences.ts';

/** A process is told its limits when it begins, and tells them to those that it starts; empty: none. */
const VARIABLES = { threads: 'CUTPOINT_THREADS', memoryBytes: 'CUTPOINT_MEMORY' } as const;

/** The environment of a process that has these limits, and where one is not chosen that of this process. */
export const limitsAsEnvironment = (limits: Limits): Record<string, string> =>
  Object.fromEntries(
    Object.entries(VARIABLES).map(([limit, name]) => [
      name,
      String(limits[limit as keyof Limits] ?? process.env[name] ?? ''),
    ]),
  );

/** The limits of this process. */
export function limitsHere(environment: NodeJS.ProcessEnv = process.env): Limits {
  const limit = (name: string): number | null => Number(environment[name]) || null;
  return { threads: limit(VARIABLES.threads), memoryBytes: limit(VARIABLES.memoryBytes) };
}

/** How many threads compute under these limits: never more than the machine has processors. */
export const threadsUnder = ({ threads }: Pick<Limits, 'threads'>): number =>
  Math.min(threads ?? Infinity, availableParallelism());

/** The same in this process. */
export const threadsHere = (): number => threadsUnder(limitsHere());
