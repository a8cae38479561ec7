import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from '../contract/errors.ts';

/** An error as it crosses a process boundary; the zod form of `ErrorReply`. */
export const errorReply = z.object({
  // Of another version, which has a code that is not known here, the sentence is still told.
  code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]).catch('DEFECT'),
  message: z.string(),
  remedy: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** What a shell tells its window about the engine process. `crashed`: it died and is being started again. */
export const engineState = z.object({
  state: z.enum(['starting', 'ready', 'crashed', 'failed']),
  error: errorReply.optional(),
  /** Sentences about the workspace, once it is `ready`. */
  notes: z.array(z.string()).optional(),
});
export type EngineState = z.infer<typeof engineState>;

const id = z.int().min(0);

/** From the caller. `id` is unique among the calls of one connection. */
export const callerMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), id, method: z.string(), input: z.unknown() }),
  /** `left`: nobody said so; whoever asked is gone. */
  z.object({ kind: z.literal('cancel'), id, left: z.boolean().optional() }),
]);
export type CallerMessage = z.infer<typeof callerMessage>;

/** To the caller. Progress of one call is numbered from 0 without gaps; `result` or `error` is the last word on an id. */
export const calleeMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('data'), id, seq: z.int().min(0), event: z.unknown() }),
  z.object({ kind: z.literal('result'), id, output: z.unknown() }),
  z.object({ kind: z.literal('error'), id, error: errorReply }),
  /** Belongs to no call: a shell forwards the state of the engine. */
  z.object({ kind: z.literal('notice'), engine: engineState }),
]);
export type CalleeMessage = z.infer<typeof calleeMessage>;

/**
 * What an engine process tells the process that started it: once, before anything else, whether it runs; and before it ends
 * in order to begin anew, so that nobody takes that for a crash.
 */
export const startupMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), notes: z.array(z.string()).optional() }),
  z.object({ kind: z.literal('failed'), error: errorReply }),
  z.object({ kind: z.literal('anew') }),
]);
export type StartupMessage = z.infer<typeof startupMessage>;

/** Asks an engine to close over a channel that cannot itself be closed (Electron's utility process). */
export const closeMessage = z.object({ kind: z.literal('close') });

/**
 * The first message of a window to the web shell: the page's own secret, which its storage keeps from other ports. The
 * cookie alone, which every port of the host is sent, opens nothing.
 */
export const helloMessage = z.object({ kind: z.literal('hello'), secret: z.string() });

/** Close code of a socket whose first message was not the right one. */
export const SOCKET_REFUSED = 4403;
