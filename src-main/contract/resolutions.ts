import { z } from 'zod';

/** Characters of a reason. */
export const LONGEST_REASON = 200;

const decided = {
  /** Code of the finding that it answers; left out: it was decided without one. */
  code: z.string().min(1).max(100).optional(),
  at: z.iso.datetime().optional(),
  reason: z.string().trim().max(LONGEST_REASON).optional(),
};
/** Relative to the folder. */
const file = z.string().min(1);

/** What a person decided about single images, and why. Patients are named by files of theirs, never by an identifier. */
export const resolution = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exclude'), files: z.array(file).min(1), ...decided }),
  /** All images of the patients (or groups) of these files are of one. */
  z.object({ kind: z.literal('merge'), files: z.array(file).min(2), ...decided }),
  /** Another class, by its name after classes were joined; `from`: the one that it had. */
  z.object({ kind: z.literal('relabel'), file, label: z.string().min(1), from: z.string().optional(), ...decided }),
  /** The finding was looked at, and the data stay as they are; with files: as long as it is about no other image. */
  z.object({ kind: z.literal('keep'), files: z.array(file).min(1).optional(), ...decided, code: z.string().min(1).max(100) }),
]); // prettier-ignore
export type Resolution = z.infer<typeof resolution>;

/** In the order in which they were decided: of two labels for one file the later counts. */
export const resolutions = z.array(resolution);

/** Resolutions as a file, to be used again for the same images. */
export const resolutionFile = z.object({
  kind: z.literal('cutpoint-resolutions'),
  version: z.literal(1),
  resolutions,
});
