/** Of the colour, in a full cell: more would leave less than 4.5 : 1 between it and the text in one of the themes. */
export const MOST_FILLED = 0.42;

/** Background of a cell of the confusion matrix that holds this share of its row. */
export const filled = (share: number, right: boolean): string =>
  `color-mix(in srgb, var(${right ? '--accent' : '--second'}) ${(100 * MOST_FILLED * share).toFixed(1)}%, var(--sunken))`;
