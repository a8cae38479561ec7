import { browserHost } from './browserHost.ts';
import { electronHost } from './electronHost.ts';
import type { Host } from './host.ts';

let host: Host | undefined;

/** The host of this window, found out once. */
export const useHost = (): Host => (host ??= window.cutpoint ? electronHost(window.cutpoint) : browserHost());
