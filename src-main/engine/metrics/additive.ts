/** One score of one candidate under one seed. */
export interface SeedScore {
  candidate: number;
  seed: number;
  value: number;
}

/** Means of candidates as if each had been scored under every seed, and how far chance moves them. */
export interface AdditiveFit {
  /** [candidates][scores]: a mean is its row times the scores. */
  operator: Float64Array[];
  /** Standard deviation of one score beside what its candidate and its seed explain; null where nothing is left to see it by. */
  noise: { deviation: number; degrees: number; kind: 'paired' | 'pooled' } | null;
}

/**
 * Least squares of score = candidate + seed, a two-way layout in which candidates may lack seeds. `paired`: the deviation of
 * what is left, with n − candidates − seeds + 1 degrees of freedom. Where that leaves none, `pooled`: that of each candidate's
 * scores about their mean, with n − candidates; it holds what seeds do to all alike, too, and is the larger.
 *
 * @param scores each candidate under each seed once at most; candidates are numbered from 0 on, each has a score
 * @returns null where some share no seed with the others, even by way of others, and cannot be compared
 */
export function additiveFit(scores: readonly SeedScore[]): AdditiveFit | null {
  const candidates = 1 + Math.max(...scores.map(({ candidate }) => candidate));
  const seeds = [...new Set(scores.map(({ seed }) => seed))];
  const size = candidates + seeds.length - 1;
  // The effect of the first seed is that of the candidates.
  const placesOf = ({ candidate, seed }: SeedScore): number[] => {
    const at = seeds.indexOf(seed);
    return at === 0 ? [candidate] : [candidate, candidates + at - 1];
  };
  const rows = Array.from({ length: size }, () => new Float64Array(size + scores.length));
  scores.forEach((score, at) => {
    const places = placesOf(score);
    for (const row of places) {
      for (const column of places) rows[row]![column]! += 1;
      rows[row]![size + at] = 1;
    }
  });
  if (!eliminate(rows)) return null;
  const solution = rows.map((row) => row.subarray(size));
  const effects = solution.slice(candidates);
  const operator = solution
    .slice(0, candidates)
    .map((row) => row.map((each, at) => each + effects.reduce((sum, effect) => sum + effect[at]!, 0) / seeds.length));
  return { operator, noise: noiseOf(scores, { candidates, seeds: seeds.length, solution, placesOf }) };
}

/** The means of the candidates. @param values in the order of the scores that were fitted */
export const meansBy = ({ operator }: Pick<AdditiveFit, 'operator'>, values: ArrayLike<number>): Float64Array =>
  Float64Array.from(operator, (row) => row.reduce((sum, each, at) => sum + each * values[at]!, 0));

function noiseOf(
  scores: readonly SeedScore[],
  fit: {
    candidates: number;
    seeds: number;
    solution: readonly Float64Array[];
    placesOf(score: SeedScore): number[];
  },
): AdditiveFit['noise'] {
  const deviationOf = (residuals: readonly number[], degrees: number) =>
    Math.sqrt(residuals.reduce((sum, each) => sum + each ** 2, 0) / degrees);
  const paired = scores.length - fit.candidates - fit.seeds + 1;
  if (paired > 0) {
    const estimates = fit.solution.map((row) => row.reduce((sum, each, at) => sum + each * scores[at]!.value, 0));
    const residuals = scores.map((score) => fit.placesOf(score).reduce((rest, place) => rest - estimates[place]!, score.value)); // prettier-ignore
    return { deviation: deviationOf(residuals, paired), degrees: paired, kind: 'paired' };
  }
  const pooled = scores.length - fit.candidates;
  if (pooled === 0) return null;
  const residuals = [...Map.groupBy(scores, ({ candidate }) => candidate).values()].flatMap((own) => {
    const mean = own.reduce((sum, { value }) => sum + value, 0) / own.length;
    return own.map(({ value }) => value - mean);
  });
  return { deviation: deviationOf(residuals, pooled), degrees: pooled, kind: 'pooled' };
}

/** Gauss and Jordan with the largest pivot, in place; the left square becomes that of one. False where it is singular. */
function eliminate(rows: Float64Array[]): boolean {
  for (let at = 0; at < rows.length; at++) {
    const pivot = rows.reduce((best, row, index) => (index >= at && Math.abs(row[at]!) > Math.abs(rows[best]![at]!) ? index : best), at); // prettier-ignore
    if (Math.abs(rows[pivot]![at]!) < 1e-9) return false;
    [rows[at], rows[pivot]] = [rows[pivot]!, rows[at]!];
    const divisor = rows[at]![at]!;
    const own = rows[at]!.map((each) => each / divisor);
    rows[at] = own;
    rows.forEach((row, index) => {
      const factor = row[at]!;
      if (index !== at && factor !== 0) rows[index] = row.map((each, column) => each - factor * own[column]!);
    });
  }
  return true;
}
