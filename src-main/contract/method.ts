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
