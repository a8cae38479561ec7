import util from 'node:util';

// tfjs-node 4.22 calls two functions that newer Node versions no longer have; they must exist before it is loaded.
const old = util as unknown as Record<string, unknown>;
old.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
old.isArray ??= Array.isArray;
