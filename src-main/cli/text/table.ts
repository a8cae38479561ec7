/** `right` for numbers. */
export interface Column {
  title: string;
  align?: 'left' | 'right';
}

const GAP = '  ';

/** A table with a line of titles and columns of equal width; no trailing spaces, no line break at the end. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, at) => Math.max(title.length, ...rows.map((row) => (row[at] ?? '').length)));
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, at) => {
        const cell = cells[at] ?? '';
        return align === 'right' ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0);
      })
      .join(GAP)
      .trimEnd();
  return [columns.map(({ title }) => title), ...rows].map(line).join('\n');
}

/** Lines of a name and its value, the values aligned. */
export function facts(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}${GAP}${value}`.trimEnd()).join('\n');
}

/** Paragraphs with an empty line between them; empty ones are left out. */
export function paragraphs(...parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join('\n\n');
}
