/** Ends of one label and beginnings of the next in a cell; the first is never part of a name. */
const SEPARATORS = ['|', ';', ','] as const;

const parts = (label: string, separator: string): string[] =>
  label
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/**
 * The labels that one cell has together, by the separator that a column uses: `Hernia|Mass`. A comma or a semicolon
 * separates only where what it separates is also a label alone or beside another: "Carcinoma, in situ" is one.
 * @returns of a label, its parts; of one that is single, itself
 */
export function partsOfLabels(labels: Iterable<string>): (label: string) => string[] {
  const kinds = [...new Set(labels)];
  const separator = SEPARATORS.find((each) => separates(kinds, each));
  return (label) => (separator === undefined ? [label] : parts(label, separator));
}

function separates(kinds: readonly string[], separator: (typeof SEPARATORS)[number]): boolean {
  const several = kinds.filter((kind) => parts(kind, separator).length > 1);
  if (several.length === 0 || separator === '|') return several.length > 0;
  const seen = new Map<string, number>();
  for (const kind of kinds) for (const part of new Set(parts(kind, separator))) seen.set(part, (seen.get(part) ?? 0) + 1); // prettier-ignore
  return several.every((kind) => parts(kind, separator).every((part) => (seen.get(part) ?? 0) > 1));
}
