import { z } from 'zod';

/** Bytes as they are, over every transport and in window and engine alike: pictures, samples, numbers in binary. */
export const bytes = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array, { error: 'no bytes' });
