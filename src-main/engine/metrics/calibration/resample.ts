import { countedGroups, type Grouping } from '../../../contract/groups.ts';
import { numbered, patientDraws } from '../draws.ts';

/** Draws, and how much work they may be: images, once for each number that is fitted to them. */
const MOST = 1000;
const FEWEST = 200;
const WORK = 2e8;
/** Groups, of which fewer say too little of how others would be. */
const FEWEST_GROUPS = 10;

/** How many draws are made: 1000, fewer where there is much to do. @param fits numbers that are fitted to all images */
export const resamplesFor = (images: number, fits: number): number =>
  Math.max(FEWEST, Math.min(MOST, Math.floor(WORK / (images * Math.max(1, fits)))));

/** Why no interval can be made; null where one can. @param groups of each image @param kind what they are */
export const whyNoInterval = (groups: readonly string[], kind: Grouping): string | null =>
  new Set(groups).size < FEWEST_GROUPS
    ? `Fewer than ${countedGroups(FEWEST_GROUPS, kind)}: no interval can be told.`
    : null;

/**
 * Draws groups with replacement, each with all its images (Field and Welsh 2007), and tells of each draw how often an image
 * is in it. The same draws for the same groups. Abort with `signal`.
 */
export async function drawGroups(
  groups: readonly string[],
  { resamples, signal }: { resamples: number; signal?: AbortSignal | undefined },
  drawn: (weights: Float64Array, resample: number) => void,
): Promise<void> {
  const { patients: groupOf, count } = numbered(groups);
  const weights = new Float64Array(groups.length);
  let resample = 0;
  for await (const counts of patientDraws(count, { resamples, seed: 0, signal, stream: 'calibration' })) {
    groupOf.forEach((group, image) => (weights[image] = counts[group]!));
    drawn(weights, resample++);
  }
}
