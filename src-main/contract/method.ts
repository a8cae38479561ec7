import type { z } from 'zod';

/**
 * One method of the contract. `progress` is the schema of what a long call reports while it runs; every call can be
 * cancelled.
 */
export interface Method<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  P extends z.ZodType = z.ZodType,
> {
  input: I;
  output: O;
  progress?: P;
}

/** Identity with inference: a method is declared once, its types follow. */
export function method<I extends z.ZodType, O extends z.ZodType, P extends z.ZodType = z.ZodNever>(
  declaration: Method<I, O, P>,
): Method<I, O, P> {
  return declaration;
}

export type MethodTable = Record<string, Method>;
/** What a caller passes (defaults may be left out). */
export type InputOfMethod<M> = M extends { input: infer I extends z.ZodType } ? z.input<I> : never;
/** What a handler receives (defaults filled in). */
export type ParsedInputOfMethod<M> = M extends { input: infer I extends z.ZodType } ? z.output<I> : never;
export type OutputOfMethod<M> = M extends { output: infer O extends z.ZodType } ? z.output<O> : never;
export type ProgressOfMethod<M> = M extends { progress?: infer P }
  ? P extends z.ZodType
    ? z.output<P>
    : never
  : never;

/** What a handler may do besides answering: report progress, and learn that nobody waits for the answer any more. */
export interface CallOf<M> {
  signal: AbortSignal;
  progress(event: ProgressOfMethod<M>): void;
}

/** The side that answers the methods of a table. */
export type HandlersOf<T extends MethodTable> = {
  [M in keyof T]: (
    input: ParsedInputOfMethod<T[M]>,
    call: CallOf<T[M]>,
  ) => Promise<OutputOfMethod<T[M]>> | OutputOfMethod<T[M]>;
};

/** The side that calls them, the same over every transport. Throws CutpointError. */
export interface ClientOf<T extends MethodTable> {
  call<M extends keyof T & string>(
    method: M,
    input: InputOfMethod<T[M]>,
    options?: { signal?: AbortSignal; onProgress?: (event: ProgressOfMethod<T[M]>) => void },
  ): Promise<OutputOfMethod<T[M]>>;
  close(): void;
}
