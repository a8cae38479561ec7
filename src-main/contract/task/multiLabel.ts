import { withHead } from '../../backbone/head.ts';
import { classification } from './classification.ts';
import { multiLabelFigures } from './multiLabelFigures.ts';
import type { TaskDescription } from './task.ts';

/**
 * Several labels an image, each of which it has or not: one sigmoid a label. Its figures are means over the labels that the
 * data define; "balanced accuracy" is that of each label, at a probability of one half.
 */
export const multiLabel: TaskDescription = {
  ...classification,
  title: 'Several labels',
  head: withHead,
  outputs: 'sigmoid',
  figures: multiLabelFigures,
};
