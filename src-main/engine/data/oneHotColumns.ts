/** Rows that tell: fewer may have one 1 each by chance. */
const LEAST_ROWS = 6;
/** More columns are hardly classes, and are not looked for. */
const MOST_CLASSES = 60;

/**
 * Neighbouring columns of 0 and 1 of which each row has exactly one 1, so that together they may say a class; the most of
 * them, and none where there are fewer than two with a 1.
 * @param rows the first of the table, in the order of the columns
 */
export function oneHotColumns(columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length < LEAST_ROWS) return [];
  const isBinary = columns.map((_, at) => rows.every((row) => /^[01](\.0+)?$/.test(row[at] ?? '')));
  let best: string[] = [];
  for (let from = 0; from < columns.length; from++) {
    // Ones of each row so far, and which column they were in.
    const ones = rows.map(() => 0);
    const used = new Set<number>();
    for (let to = from; to < Math.min(columns.length, from + MOST_CLASSES) && isBinary[to]; to++) {
      for (const [index, row] of rows.entries()) {
        if (Number(row[to]) !== 1) continue;
        ones[index]!++;
        used.add(to);
      }
      if (used.size > 1 && to - from >= best.length && ones.every((count) => count === 1)) best = columns.slice(from, to + 1); // prettier-ignore
    }
  }
  return best;
}
