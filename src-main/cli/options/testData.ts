import type { Command } from 'commander';
import { dataSelection, type DataSelectionInput, type LabelOptions } from './data.ts';

/** A separate folder to test on. */
export interface TestOptions {
  testData?: string;
  testLabels?: string;
}

export const addTestOptions = (command: Command): Command =>
  command
    .option('--test-data <dir>', 'separate test set; without it a share of DATA is set aside')
    .option('--test-labels <csv>', 'labels of the test set (same columns); alone, for files below DATA');

/** The test set that the options name beside the folder `data`; undefined: a share of that folder. */
export function testSelection(data: string, options: TestOptions & LabelOptions): DataSelectionInput | undefined {
  const { testData, testLabels, fileColumn, labelColumn, groupColumn, groupPattern, groupBy, classFolder } = options;
  const { matchEnds, oneHot, missing, severalLabels } = options;
  if (testData === undefined && testLabels === undefined) return undefined;
  // A test set in class folders has no columns, whatever those of the training set are called.
  const labels =
    testLabels === undefined
      ? { labelTag: options.labelTag }
      : { labels: testLabels, fileColumn, labelColumn, groupColumn, matchEnds, oneHot, missing, severalLabels };
  return dataSelection(testData ?? data, { ...labels, groupPattern, groupBy, classFolder });
}
