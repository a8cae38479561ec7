import { CutpointError } from '../contract/errors.ts';

/** Somebody said that a call shall end. */
export const cancelled = (): CutpointError => new CutpointError('CANCELLED', 'The task was cancelled.');

/** Whoever asked, or whoever was to answer, is gone. */
export const connectionLost = (): CutpointError =>
  new CutpointError('CONNECTION_LOST', 'The connection to the engine was lost.', {
    remedy: 'Reload the window; if that does not help, start Cutpoint again. Finished epochs are kept.',
  });

/**
 * Whether a signal aborted because whoever asked is gone (a closed window, a broken connection). Nobody cancelled then:
 * what takes long may go on, for whoever comes back.
 */
export const hasLeft = (signal: AbortSignal): boolean =>
  signal.reason instanceof CutpointError && signal.reason.code === 'CONNECTION_LOST';

/** What a call ends with whose signal has aborted. */
export const endOf = (signal: AbortSignal): CutpointError => (hasLeft(signal) ? connectionLost() : cancelled());
