/**
 * What a browser, Electron and Node all have beside the language: all that the shared files may use of their
 * surroundings. Only tsconfig.shared.json includes it; the engine and the window have the full types of theirs.
 */

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(event: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(event: 'abort', listener: () => void): void;
}

declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

declare function queueMicrotask(work: () => void): void;
declare function structuredClone<Value>(value: Value): Value;
