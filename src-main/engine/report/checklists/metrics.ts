import { wordsFor } from '../../../contract/groups.ts';
import type { StudyReport } from '../../../contract/report.ts';
import { ofSeveralLabels } from '../headline.ts';
import { author, here, no, none, type ChecklistRows, type Item, type Verdict } from './item.ts';
import * as known from './known.ts';

const NO_SEGMENTATION = none('Nothing is segmented: the network sees the whole image.');
const NO_TABLE = none('There are no tabulated features: the network is trained from end to end.');

/** Weights and conditions as published (table 1); topics in our own short words. The weights of all 30 items sum to 1. */
// prettier-ignore
export const METRICS: ChecklistRows = {
  name: 'METRICS',
  citation:
    'Kocak B, Akinci D’Antonoli T, Mercaldo N, et al. METhodological RadiomICs Score (METRICS): a quality scoring tool for radiomics research endorsed by EuSoMII. Insights into Imaging 2024;15:8.',
  items: [
    ...weighed('Study design', [
      ['1', 'Adherence to a guideline or checklist', 0.0368, here('CLAIM 2024 and TRIPOD+AI are filled here as far as they can be.', 'summary')],
      ['2', 'Eligibility criteria for a representative population', 0.0735, author('Were they defined, and do they lead to those for whom the model is meant?')],
      ['3', 'Reference standard of high quality', 0.0919, author('Is it defined, and one such as histopathology or consensus of experts?')],
    ]),
    ...weighed('Imaging data', [
      ['4', 'More than one centre', 0.0438, author('Are images from more than one institution?')],
      ['5', 'Imaging that is used in practice', 0.0292, author('Does the imaging follow established protocols?')],
      ['6', 'Acquisition parameters', 0.0438, author('Does the paper report the protocol so that it can be repeated?')],
      ['7', 'Interval between imaging and reference standard', 0.0292, author('Is it reported, and short enough?')],
    ]),
    ...weighed('Segmentation', [
      ['8', 'Description of the segmentation', 0.0337, NO_SEGMENTATION],
      ['9', 'Evaluation of automated segmentation', 0.0225, NO_SEGMENTATION],
      ['10', 'Masks of the test set by one reader or tool', 0.0112, NO_SEGMENTATION],
    ]),
    ...weighed('Image processing and feature extraction', [
      ['11', 'Image preprocessing', 0.0622, here('Every step is described.', 'methods')],
      ['12', 'Standardised software for features', 0.0311, none('No hand-crafted features are extracted.')],
      ['13', 'Parameters of feature extraction', 0.0415, here('Architecture and all operations on images are described.', 'methods')],
    ]),
    ...weighed('Feature processing', [
      ['14', 'Removal of features that are not robust', 0.02, NO_TABLE],
      ['15', 'Removal of redundant features', 0.02, NO_TABLE],
      ['16', 'Number of features against data size', 0.03, NO_TABLE],
      ['17', 'Robustness of the end-to-end network', 0.02, author('Was it assessed by test and retest, or by disturbing images?')],
    ]),
    ...weighed('Preparation for modelling', [
      ['18', 'Proper partition of the data', 0.0599, partitionByPatient],
      ['19', 'Handling of confounding factors', 0.03, (report) =>
        author(`Were age, sex, scanner and the like analysed?${ofSeveralLabels(report) ? ' Of several labels an image, whether one can be told without the image is not looked for here.' : ' The audit looks for labels that follow format, scanner or folder.'}`)],
    ]),
    ...weighed('Metrics and comparison', [
      ['20', 'Measures that fit the task', 0.0352, (report) =>
        here(ofSeveralLabels(report) ? 'ROC, precision and recall, and what each label was called.' : 'ROC, precision and recall, and the confusion matrix.', 'results')],
      ['21', 'Uncertainty', 0.0234, known.intervals],
      ['22', 'Calibration', 0.0176, ({ calibration }) =>
        calibration ? here('Reliability, slope, intercept and Brier score.', 'calibration') : author('Was calibration assessed?')],
      ['23', 'One kind of imaging, or proof that more is better', 0.0117, author('Is one kind of imaging used, or were several compared with one?')],
      ['24', 'Comparison with a method that is no radiomics', 0.0293, author('Was it compared with what is done in practice, or its clinical value shown?')],
      ['25', 'Comparison with simple models', 0.0176, (report) =>
        author(`Was it compared with a simple model, or with ${ofSeveralLabels(report) ? 'calling of each label what is most frequent' : 'guessing the most frequent class'}?`)],
    ]),
    ...weighed('Testing', [
      ['26', 'Internal testing', 0.0375, known.internalTest],
      ['27', 'External testing', 0.0749, author('Was it tested on images of an institution that it was not trained on?')],
    ]),
    ...weighed('Open science', [
      ['28', 'Data available', 0.0075, author('Can the data be had?')],
      ['29', 'Code available', 0.0075, author('Can the code be had? That of Cutpoint can.')],
      ['30', 'Model available', 0.0075, author('Can the model be had?')],
    ]),
  ],
};

type Row = readonly [number: string, topic: string, weight: number, judge: Item['judge']];

function weighed(section: string, rows: readonly Row[]): Item[] {
  return rows.map(([number, topic, weight, judge]) => ({ number, section, topic, weight, judge }));
}

/** Asked for is a division by patient, with a test set set aside. */
function partitionByPatient(report: StudyReport): Verdict {
  const { grouping } = report.cohort;
  if (!report.hasTest && report.approach.folds === null) return no('No test set was set aside.');
  if (grouping === 'patient') return known.partition(report);
  if (grouping === 'group') return author('The images were divided by group. Are the groups patients?');
  return no(`The images were divided by ${wordsFor(grouping).one}, not by patient.`);
}
