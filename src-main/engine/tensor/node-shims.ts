import util from 'node:util';

// tfjs-node 4.22 calls two helpers that Node removed in version 23. Import this module before tfjs-node is loaded;
// it is the only place that defines them.
const helpers = util as unknown as Record<'isNullOrUndefined' | 'isArray', (value: unknown) => boolean>;
helpers.isNullOrUndefined ??= (value) => value === null || value === undefined;
helpers.isArray ??= Array.isArray;
