/**
 * Whether what takes minutes and is also looked at in a smaller form runs, too: with `npm run test:long`, and not with
 * `npm test`.
 */
export const LONG = process.env.CUTPOINT_LONG === '1';
