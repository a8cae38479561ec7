/** Gives the user a file that the page made; the browser or the desktop shell asks where to. */
export function saveUrl(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}

export function saveText(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  saveUrl(url, name);
  // The download has begun with the click; the blob is not needed for longer than it takes to read it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

type Row = readonly (string | number | null)[];

/** RFC 4180; what a spreadsheet would run as a formula is kept as text. */
export const csvOf = (rows: readonly Row[]): string =>
  rows.map((row) => row.map(csvCell).join(',')).join('\r\n') + '\r\n';

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** As a spreadsheet takes a table from the clipboard. */
export const tabbed = (rows: readonly Row[]): string =>
  rows.map((row) => row.map((cell) => String(cell ?? '').replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');
