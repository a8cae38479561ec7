import { cohortOf } from '../../../contract/groups.ts';
import { countSentence } from '../../../contract/checklistCounts.ts';
import type { Checklist, StudyReport } from '../../../contract/report.ts';
import { headline, ofSeveralLabels, PART_WORDS, shownInterval } from '../headline.ts';
import { html, type Html } from '../html.ts';
import { between, counted, day, listed, share } from '../words.ts';
import { code, facts } from './parts.ts';

export function summary(report: StudyReport, checklists: readonly Checklist[]): Html {
  const { cohort, approach, subject } = report;
  const figures = headline(report);
  const { metrics } = figures;
  const sealed = report.hasTest && !report.testOpened;
  const { network } = approach;
  const several = ofSeveralLabels(report);
  const mean = several ? ', mean of the labels' : '';
  return html`<p class="lead">${checklists.map((each) => html`${countSentence(each)} `)}</p>
${sealed && html`<p class="note"><strong>The test set is sealed.</strong> Nobody asked for its figures yet, so none are in this report: what follows is of the validation images, by which the epoch was chosen, and is better than it would be on new ones.</p>`}
${!report.hasTest && html`<p class="note"><strong>There is no test set.</strong> What follows is of the validation images, by which the epoch was chosen, and is better than it would be on new ones.</p>`}
${facts([
  ['Data', `${cohortOf(cohort, cohort.grouping)}; ${several ? 'labels, and how many images have each:' : 'classes'} ${listed(cohort.classes.map(({ name, images }) => `${name} (${counted(images)})`))}`],
  ['Network', `${network.title}, ${network.transfer}: ${counted(network.parameters)} parameters, ${share(network.parameters, network.full.parameters)} of the whole`],
  [`AUROC on ${PART_WORDS[figures.on]}${mean}`, between(metrics.auroc, shownInterval(figures, 'auroc'))],
  [`Balanced accuracy${mean}`, between(metrics.balancedAccuracy, shownInterval(figures, 'balancedAccuracy'))],
  ['Test set', openings(report)],
  [subject.kind === 'run' ? 'Run' : 'Comparison', html`${code(subject.id)}, begun ${day(subject.startedAt)}, ${subject.status}${subject.kind === 'comparison' && html`; figures, errors and maps are of its run ${code(subject.run)}`}`],
])}
<p><strong>Not a medical device.</strong> For research, on images like those that the model was trained on. It has not been assessed for use on patients.</p>`; // prettier-ignore
}

/** When the figures of the test set were asked for. */
export function openings({ hasTest, testOpened }: Pick<StudyReport, 'hasTest' | 'testOpened'>): string {
  if (!hasTest) return 'none was set aside';
  if (!testOpened) return 'set aside, and not opened yet';
  const { times, at } = testOpened;
  return `opened ${times === 1 ? 'once' : `${times} times`}, first on ${day(at)}${times > 1 ? ': whoever chooses by it has none any more' : ''}`;
}
