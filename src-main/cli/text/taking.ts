import type { Glance } from '../../contract/images.ts';

/** How a table that is asked about is taken, once its owner says so. */
export function taking(tables: Glance['tables']): string {
  const asked = tables.filter(({ layout, oneHot, byEnd }) => layout ?? oneHot ?? byEnd);
  if (asked.length === 0) return '';
  return ['To take the labels from it:', ...asked.map((table) => `  ${optionsOf(table).join(' ')}`)].join('\n');
}

function optionsOf({ path, guess, oneHot, layout, byEnd }: Glance['tables'][number]): string[] {
  const option = (name: string, value: string | null | undefined) => (value == null ? [] : [name, quoted(value)]);
  return [
    ...option('--labels', path),
    ...option('--file-column', guess.fileColumn),
    ...(oneHot && guess.labelColumn === null
      ? ['--one-hot', ...oneHot.map(quoted)]
      : option('--label-column', guess.labelColumn)),
    ...option('--group-column', guess.groupColumn),
    ...option('--group-pattern', layout?.groupPattern),
    ...(byEnd === undefined ? [] : ['--match-ends']),
  ];
}

const quoted = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
