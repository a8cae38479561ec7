import { generator, shuffle } from '../random.ts';
import { centreColumns, matrix, selectRows, transpose, type Matrix } from '../linear/matrix.ts';
import { orthonormalRows } from '../linear/orthonormal.ts';
import { endOfReuse, overlapWithRandom } from './overlap.ts';
import { randomCoefficients } from './randomFeatures.ts';
import type { Representation } from './representation.ts';
import { canonicalCorrelations, compareRepresentations, mean } from './svcca.ts';

/** One cut of a network before and after fine-tuning, over the same images. */
export interface CutBeforeAfter {
  cut: string;
  before: Representation;
  after: Representation;
}

export interface DetectorOptions {
  seed: number;
  /** Overlap with random features from which on a cut counts as not reused, in (0, 1). */
  threshold?: number;
  /** Draws of random features per cut. */
  draws?: number;
  /** Half-samples on which the choice is repeated. */
  replicates?: number;
  /** Patient of each row: a half-sample takes patients as a whole. Left out: each row for itself. */
  groups?: readonly string[];
  /** Awaited between replicates: progress, and a chance to cancel by throwing. */
  between?: (done: number, total: number) => Promise<void>;
}

export interface Detection {
  /** The chosen cut: where features are no longer more alike than random ones; the last where that is nowhere. */
  cut: string;
  /** Whether reuse ends before the end of the network. */
  ends: boolean;
  /** `chosen`: share of the half-samples that chose this cut. */
  cuts: { cut: string; meanSvcca: number; randomSvcca: number; overlap: number; chosen: number }[];
}

/**
 * The SVCCA cut detector (Peng et al. 2023, appendix C.1, steps 2 to 4): at each cut, the CCA coefficients between before
 * and after fine-tuning against those of random features of equal rows and dimensions. How sure the choice is: it is
 * repeated on random halves of the patients, which vary as bootstrap samples do (half-sampling, McCarthy 1969), but hold no
 * image twice: copies raise CCA coefficients by themselves. Fewer images overlap more with chance, so the overlaps of the
 * halves are moved, cut by cut, to have the mean found on all images.
 * @param cuts from input to output
 */
export async function detectEndOfReuse(
  cuts: readonly CutBeforeAfter[],
  { seed, threshold = 0.5, draws = 10, replicates = 100, groups, between }: DetectorOptions,
): Promise<Detection> {
  const random = (sample: number, at: number) => generator(seed, 'random features', sample, at);
  const choose = (overlaps: readonly number[]) => endOfReuse(overlaps, threshold);

  const rows = cuts.map(({ cut, before, after }, at) => {
    const { coefficients, meanSvcca } = compareRepresentations(before, after);
    const chance = chanceLevel(before.rows, [before.kept, after.kept], draws, random(0, at));
    return { cut, meanSvcca, randomSvcca: mean(chance), overlap: overlapWithRandom(coefficients, chance) };
  });
  const chosen = choose(rows.map(({ overlap }) => overlap));

  const scores = cuts.map(({ before, after }) => [rowScores(before), rowScores(after)] as const);
  const samples: number[][] = [];
  for (let sample = 1; sample <= replicates; sample++) {
    await between?.(sample - 1, replicates);
    const half = halfOf(groups ?? cuts[0]!.before.rows, generator(seed, 'half-sample', sample));
    const overlaps = scores.map(([before, after], at) => {
      const coefficients = canonicalCorrelations(spaceOn(before, half), spaceOn(after, half));
      const kept = [before.columns, after.columns] as const;
      return overlapWithRandom(coefficients, chanceLevel(half.length, kept, 1, random(sample, at)));
    });
    samples.push(overlaps);
  }
  const votes = new Array<number>(cuts.length).fill(0);
  const found = rows.map(({ overlap }) => overlap);
  for (const overlaps of centredOn(found, samples)) votes[choose(overlaps) ?? cuts.length - 1]!++;
  return {
    cut: cuts[chosen ?? cuts.length - 1]!.cut,
    ends: chosen !== null,
    cuts: rows.map((row, at) => ({ ...row, chosen: replicates === 0 ? 0 : votes[at]! / replicates })),
  };
}

/** Samples moved, column by column, to have these means. */
function centredOn(means: readonly number[], samples: readonly (readonly number[])[]): number[][] {
  const shifts = means.map((mean, at) => mean - samples.reduce((sum, each) => sum + each[at]! / samples.length, 0));
  return samples.map((each) => each.map((value, at) => value + shifts[at]!));
}

/** The coefficients of several draws of random features together. */
function chanceLevel(rows: number, kept: readonly [number, number], draws: number, random: () => number): Float64Array {
  const all = Array.from({ length: draws }, () => [...randomCoefficients(rows, kept, random)]);
  return Float64Array.from(all.flat());
}

/** [rows × kept] */
function rowScores({ directions, kept, rows }: Representation): Matrix {
  return transpose(matrix(kept, rows, directions.data.subarray(0, kept * rows)));
}

/** Orthonormal basis of what the scores of these rows span once centred. */
function spaceOn(scores: Matrix, rows: readonly number[]): Matrix {
  return orthonormalRows(transpose(centreColumns(selectRows(scores, rows))));
}

/** Rows of a random half of the groups. */
function halfOf(groups: readonly string[] | number, random: () => number): number[] {
  const all = typeof groups === 'number' ? Array.from({ length: groups }, (_, i) => String(i)) : groups;
  const names = [...new Set(all)];
  const half = new Set(shuffle(names, random).slice(0, Math.ceil(names.length / 2)));
  return all.flatMap((group, row) => (half.has(group) ? [row] : []));
}
