/** What is known of one label of an image: that it has it, that it has it not, or nothing. */
export const HAS = 1;
export const HAS_NOT = 0;
export const UNKNOWN = -1;
export type LabelValue = typeof HAS | typeof HAS_NOT | typeof UNKNOWN;

/** In place of a class, that an image has none of the labels. */
export const NO_LABEL = '(none)';
/** Between the labels of an image, so that no label may hold it. */
export const BETWEEN = '|';
/** Before a label of which nothing is known. */
const NOT_KNOWN = '?';

/** Names that cannot be told from how rows are written. */
export const isLabelName = (name: string): boolean =>
  name !== '' && name !== NO_LABEL && !name.includes(BETWEEN) && !name.startsWith(NOT_KNOWN);

/**
 * Several labels of one image in a text that stands in place of a class: those that it has, and behind them with `?` those
 * of which nothing is known, `Edema|Mass|?Effusion`. What is not named it has not.
 * @param names of the labels, each as {@link isLabelName} wants it
 * @param values of the labels, in the same order
 */
export function encodeRow(names: readonly string[], values: ArrayLike<LabelValue>): string {
  const has = names.filter((_, at) => values[at] === HAS);
  const unknown = names.filter((_, at) => values[at] === UNKNOWN).map((name) => NOT_KNOWN + name);
  return [...(has.length === 0 ? [NO_LABEL] : has), ...unknown].join(BETWEEN);
}

/** The labels that an image has, of a text as {@link encodeRow} writes it. */
export const labelsIn = (row: string): string[] =>
  row.split(BETWEEN).filter((name) => name !== NO_LABEL && !name.startsWith(NOT_KNOWN));

/** The labels of which nothing is known. */
export const unknownIn = (row: string): string[] =>
  row.split(BETWEEN).flatMap((name) => (name.startsWith(NOT_KNOWN) ? [name.slice(NOT_KNOWN.length)] : []));

/**
 * Rows of labels as numbers.
 * @param rows n texts as {@link encodeRow} writes them
 * @param names k labels; others in a row are not looked at
 * @returns n × k values, row after row
 */
export function decodeRows(rows: readonly string[], names: readonly string[]): Int8Array {
  const place = new Map(names.map((name, at) => [name, at]));
  const values = new Int8Array(rows.length * names.length);
  rows.forEach((row, index) => {
    const put = (name: string, value: LabelValue): void => {
      const at = place.get(name);
      if (at !== undefined) values[index * names.length + at] = value;
    };
    for (const name of labelsIn(row)) put(name, HAS);
    for (const name of unknownIn(row)) put(name, UNKNOWN);
  });
  return values;
}
