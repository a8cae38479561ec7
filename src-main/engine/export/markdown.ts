/** Lines of a table in Markdown. */
export function table(titles: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)];
}

export const code = (text: string): string => `\`${text}\``;

/** A measure, with four digits. */
export const number = (value: number | null): string => (value === null ? 'not defined' : value.toFixed(4));
