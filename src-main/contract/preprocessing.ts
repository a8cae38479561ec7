import { z } from 'zod';

const channels = z.tuple([z.number(), z.number(), z.number()]);

/** What weights expect, per channel of an RGB picture of 0 to 255: `(value / 255 - mean) / std`. */
export const preprocessing = z.object({
  mean: channels,
  std: channels.refine((values) => values.every((value) => value > 0), 'A standard deviation is more than 0.'),
});
