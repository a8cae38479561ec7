import { describeSplit } from '../../../contract/splitSentence.ts';
import { countedGroups, wordsFor } from '../../../contract/groups.ts';
import type { Split } from '../../../contract/split.ts';
import type { ReportFigures, StudyReport } from '../../../contract/report.ts';
import { headline, ofSeveralLabels, shownInterval } from '../headline.ts';
import { labelsRead } from '../sections/labelMethods.ts';
import { between, counted, listed, plural, score } from '../words.ts';
import { author, here, no, none, type Verdict } from './item.ts';

/** What several checklists ask for, answered once. */

export const partition = ({ cohort, approach }: StudyReport): Verdict => {
  const { split } = approach.settings;
  if (split.rule) {
    const several = cohort.several !== undefined;
    const said = describeSplit(split, { grouping: cohort.grouping, testFolder: cohort.ownTestFolder, several });
    return here(`${said} This was decided before anything was computed.`, 'flow');
  }
  const how =
    approach.folds !== null
      ? `by ${approach.folds}-fold cross-validation${stratifiedBy(split, cohort.several ? 'label' : 'class')}`
      : cohort.ownTestFolder
        ? `into a test set of its own, and ${percent(split.validation)} of the rest for validation`
        : `at random with a fixed seed, ${percent(split.validation)} for validation and ${percent(split.test)} for testing`;
  return here(`The images were divided ${how}, before anything was computed.`, 'flow');
};

const stratifiedBy = ({ strata = [] }: Pick<Split, 'strata'>, first: 'class' | 'label'): string =>
  strata.length === 0 ? '' : `, stratified by ${listed([first, ...strata])}`;
const percent = (part: number): string => `${Math.round(100 * part)} %`;

export const disjoint = ({ cohort }: StudyReport): Verdict =>
  here(
    cohort.grouping === 'image'
      ? 'By image: whose images they are was not known, so images of one patient may lie in several parts.'
      : `By ${wordsFor(cohort.grouping).one}: no ${wordsFor(cohort.grouping).one} has images in two parts.`,
    'flow',
  );

export const intervals = (report: StudyReport): Verdict => {
  const figures = headline(report);
  return figures.figures
    ? here(`${Math.round(100 * figures.figures.confidence)} % intervals: ${methodsOf(figures)}.`, 'results')
    : author('No intervals could be computed, as no predictions are stored. Evaluate the run again.');
};

/** By what the intervals were computed. */
export function methodsOf({ figures: found, grouping, several }: ReportFigures): string {
  if (!found) return '';
  const { whole, perClass, macro } = found.images;
  const shown = [...whole, ...macro, ...perClass.flatMap(({ figures }) => figures)].flatMap(({ intervals }) =>
    intervals.slice(0, 1),
  );
  const methods = new Set(shown.map(({ method }) => method));
  return listed([
    ...(methods.has('delong') ? [several ? 'DeLong for the AUROC of a label' : 'DeLong for AUROC'] : []),
    ...(methods.has('wilson') ? ['Wilson for shares'] : []),
    ...(methods.has('bca')
      ? [`bootstrap over ${wordsFor(grouping).many} (${counted(found.resamples)} draws, BCa)`]
      : []),
  ]);
}

export const sampleSize = (report: StudyReport): Verdict => {
  const figures = headline(report);
  const { groups, grouping, metrics } = figures;
  const found = shownInterval(figures, 'auroc');
  const reached = found
    ? ` With them ${ofSeveralLabels(report) ? 'the mean AUROC of the labels' : 'AUROC'} is ${between(metrics.auroc, found)}.`
    : '';
  return author(
    `How was the number of ${wordsFor(grouping).many} chosen? The figures here rest on ${countedGroups(groups, grouping)}.${reached}`,
  );
};

export const robustness = ({ approach, comparison, subgroups }: StudyReport): Verdict =>
  comparison !== null && (approach.seeds.length > 1 || approach.folds !== null)
    ? here(
        `Repeated over ${listed([...(approach.folds === null ? [] : [plural(approach.folds, 'fold')]), ...(approach.seeds.length > 1 ? [plural(approach.seeds.length, 'seed')] : [])])}.`,
        'comparison',
      )
    : told(subgroups).length > 0
      ? here(`Figures by ${listed(told(subgroups).map(({ by }) => by))}.`, 'subgroups')
      : author(
          'Does the result hold under other conditions? This is one training: train the same plan with other seeds, or run a tournament, and evaluate it on images of another scanner.',
        );

/** Divisions of which at least two subgroups are large enough for a figure. */
const told = (subgroups: StudyReport['subgroups']) =>
  subgroups.filter(
    (each) => each.subgroups.filter(({ figures }) => figures.some(({ value }) => value !== null)).length > 1,
  );

/** Between places and devices, not between people. */
const CLUSTERS = /site|cent(er|re)|hospital|scanner|manufacturer|device/i;

export const heterogeneity = ({ subgroups }: StudyReport): Verdict => {
  const own = told(subgroups).filter(({ by }) => CLUSTERS.test(by));
  return own.length > 0
    ? here(`Figures by ${listed(own.map(({ by }) => by))}, with the largest gap.`, 'subgroups')
    : author('Do results differ between centres or scanners? Evaluate the run on a folder of each.');
};

export const internalTest = (report: StudyReport): Verdict => {
  if (report.testOpened) return here(`Tested on images set aside: ${ofSeveralLabels(report) ? 'mean AUROC of the labels' : 'AUROC'} ${score(headline(report).metrics.auroc)}.`, 'results'); // prettier-ignore
  return report.hasTest
    ? author('The test set is still sealed. Open it once the model is final, and write the report again (--open-test).')
    : no('No test set was set aside.');
};

export const externalTest = ({ figures }: StudyReport): Verdict => {
  const others = figures.filter(({ on }) => on === 'data');
  return others.length > 0
    ? here(`Evaluated on ${plural(others.length, 'other folder')}. Say where those images are from.`, 'results')
    : author('Was it tested on images of another hospital or time? Evaluate the run on such a folder, or say why not.');
};

export const failureAnalysis = ({ failures }: StudyReport): Verdict =>
  'missing' in failures
    ? author('Which images are judged wrongly, and why? No predictions are stored here.')
    : here(`${counted(failures.wrong)} of ${plural(failures.images, 'image')} judged wrongly${failures.labels ? ' in a label or more' : ''}; the surest errors are listed.`, 'failures'); // prettier-ignore

export const explainability = ({ saliency }: StudyReport): Verdict =>
  'missing' in saliency
    ? none(`No maps were made. ${saliency.missing}`)
    : here(`${plural(saliency.maps.length, 'activation map')}, each checked against random weights.`, 'maps');

export const demographics = ({ cohort, demographics: counted }: StudyReport): Verdict => {
  const told = ['labels', ...counted.map(({ by }) => by), ...(cohort.dicom ? ['manufacturers'] : [])];
  const asked = ['age', 'sex'].filter((each) => !counted.some(({ by }) => by.toLowerCase().includes(each)));
  return author(
    `Give ${listed([...asked, 'clinical characteristics'])} in each part, which are not known here. Of each part ${listed(told)} are in the report.`,
  );
};

export const missingData = ({ cohort }: StudyReport): Verdict => {
  const files = cohort.excluded.reduce((sum, each) => sum + each.files, 0);
  const excluded =
    files === 0
      ? 'No file was excluded'
      : `${plural(files, 'file')} without a readable image or a label ${files === 1 ? 'was' : 'were'} excluded`;
  // What counts as something that it does not say has been put in its place.
  if (cohort.several) return here(`${excluded}. ${labelsRead(cohort.several, cohort.ownTestFolder).join(' ')}`, 'data');
  return here(`${excluded}${files === 0 ? ', and' : ';'} nothing was imputed.`, 'flow');
};

export const availability =
  'Where can code, model and data be had, and under which terms? Name the version of Cutpoint that is in the report; the JSON beside it has plan, seeds and hashes.';
