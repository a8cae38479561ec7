import { z } from 'zod';

/** Why test figures are opened, in a person's words. */
export const openingReason = z.string().trim().min(1).max(200);
