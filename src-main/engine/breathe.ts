/** Lets messages through between two pieces of tensor work, which block the process. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
