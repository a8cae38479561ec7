import { LABEL_FROM } from '../../../contract/decision.ts';
import type { LearningCurveResult } from '../../../contract/comparison/learningCurve.ts';
import type { SearchResult } from '../../../contract/comparison/search.ts';
import type { TournamentResult, TournamentRow } from '../../../contract/comparison/tournament.ts';
import { cohortOf } from '../../../contract/groups.ts';
import type { StudyReport } from '../../../contract/report.ts';
import type { PairDetail } from '../../../contract/comparison/pair.ts';
import { titleOf } from '../../../contract/strategies.ts';
import { rangesChart } from '../charts/ranges.ts';
import { sizesChart } from '../charts/sizes.ts';
import { ofSeveralLabels } from '../headline.ts';
import { html, NOT_KNOWN, type Html } from '../html.ts';
import { between, counted, duration, plural, score, size } from '../words.ts';
import { table } from './parts.ts';

export function comparison(report: StudyReport): Html | null {
  const { comparison: found } = report;
  const words = ofSeveralLabels(report) ? LABELS : CLASSES;
  if (found === null) return null;
  const { result, runs, failed, trainingSeconds } = found;
  return html`<p>${plural(runs, 'run')}${failed > 0 && `, of which ${failed} failed`}, trained in ${duration(trainingSeconds)} altogether.</p>
${result === null ? html`<p class="note">What came out of it rests on test images, and nobody asked for their figures yet: it is not in this report.</p>` : html`${words.means !== null && html`<p>${words.means}</p>`}${of(result, words)}`}`; // prettier-ignore
}

/** What figures are of, in words. */
interface Words {
  one: string;
  /** What AUROC and average precision are, where it does not go without saying. */
  means: string | null;
  decision: string;
  right: string;
}
const CLASSES: Words = {
  one: 'class',
  means: null,
  decision: 'by its own decision, the most probable class',
  right: 'Both call',
};
const LABELS: Words = {
  one: 'label',
  means: 'AUROC and average precision are plain means over the labels.',
  decision: `by its own decision, from a probability of ${LABEL_FROM} on`,
  right: 'Of an image all labels that are known count together. Both call',
};

function of(result: NonNullable<NonNullable<StudyReport['comparison']>['result']>, words: Words): Html {
  switch (result.kind) {
    case 'tournament':
      return tournament(result, words);
    case 'search':
      return search(result);
    case 'learning-curve':
      return learningCurve(result);
  }
}

const VERDICTS: Readonly<Record<TournamentRow['verdict'], string>> = {
  reference: 'reference',
  'not-inferior': 'non-inferior',
  superior: 'superior',
  inferior: 'inferior',
  inconclusive: 'inconclusive',
  failed: 'failed',
};

function named(rows: readonly TournamentRow[]): (row: TournamentRow) => string {
  const several = new Set(rows.map(({ source }) => source)).size > 1;
  return (row) => `${titleOf(row)}${several ? `, ${row.source ?? 'random weights'}` : ''}`;
}

function tournament(result: TournamentResult, words: Words): Html {
  const { rows, verdict, grouping } = result;
  const name = named(rows);
  const measured = rows.flatMap((row) => (row.aurocInterval ? [{ ...row, aurocInterval: row.aurocInterval }] : []));
  const differing = rows.flatMap((row) => (row.difference ? [{ name: name(row), ...row.difference }] : []));
  return html`<p class="lead">${verdict}</p>
<p>Tested on ${cohortOf({ images: result.images, groups: result.patients }, grouping)}; intervals by bootstrap (${counted(result.resamples)} draws), p-values with Holm’s correction over ${plural(result.comparisons, 'comparison')}.</p>
${table(
  'The models',
  ['Model', 'Parameters', 'MACs', 'ms for one image', 'AUROC', 'Average precision', 'Difference of AUROC', 'p (non-inferiority)', 'Verdict'],
  rows.map((row) => [
    name(row), size(row.parameters), size(row.macs), row.latency?.toFixed(1) ?? NOT_KNOWN,
    between(row.aurocInterval?.value, row.aurocInterval), between(row.auprcInterval?.value, row.auprcInterval),
    between(row.difference?.value, row.difference),
    row.comparison ? `${score(row.comparison.p)}${row.comparison.afterHolm ? ' (also after Holm)' : ''}` : NOT_KNOWN,
    VERDICTS[row.verdict],
  ]),
)}
${measured.length > 0 && rangesChart(measured.map((row) => ({ name: name(row), ...row.aurocInterval })), { unit: 'AUROC', most: 1, caption: 'AUROC of each model with its interval.' })}
${differing.length > 0 && rangesChart(differing, { unit: 'difference of AUROC', caption: 'Difference to the reference; right of zero is better.' })}
${measured.length > 1 && sizesChart(measured.map((row) => ({ name: name(row), parameters: row.parameters, auroc: row.aurocInterval.value })))}
${rows.map((row) => row.against && against(name(row), row.against, words))}`; // prettier-ignore
}

const search = ({ reason, certainty, trials, trainingSeconds }: SearchResult): Html =>
  html`<p class="lead">${reason}</p>
${certainty && certainty.sentences.length > 0 && html`<ul>${certainty.sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`}
${table(
  `What the search tried, in ${duration(trainingSeconds)} of training`,
  ['Cut', 'Stage', 'Parameters', 'MACs', 'Validation average precision', 'Runs'],
  trials.map(({ cut, stage, parameters, macs, validationAuprc: found }) => [
    cut, stage, size(parameters), size(macs),
    found ? `${score(found.mean)}${found.deviation === null ? '' : ` ± ${score(found.deviation)}`}` : NOT_KNOWN,
    counted(found?.n ?? 0),
  ]),
)}`; // prettier-ignore

const learningCurve = ({ points, images, patients, grouping }: LearningCurveResult): Html =>
  html`<p>Tested on ${cohortOf({ images, groups: patients }, grouping)}.</p>
${table(
  'Results by the share of the training part',
  ['Model', 'Share', 'Trained on', 'AUROC', 'Average precision'],
  points.map((point) => [
    titleOf(point), `${Math.round(100 * point.share)} %`, counted(point.patients),
    between(point.aurocInterval?.value, point.aurocInterval), between(point.auprcInterval?.value, point.auprcInterval),
  ]),
)}`; // prettier-ignore

/** Class by class, or label by label, what a model finds at the specificity of the reference, and where the two decide differently. */
const against = (name: string, { classes, decisions }: PairDetail, { one, decision, right }: Words): Html =>
  html`<h3>${name} against the reference</h3>
${table(
  `Sensitivity of each ${one} at the specificity that the reference has ${decision}`,
  [one === 'class' ? 'Class' : 'Label', 'Images', 'Specificity', 'Reference', 'This model', 'Difference', 'Calibration slope'],
  classes.map((each) => [
    each.class, counted(each.images), score(each.specificity), score(each.reference), score(each.own),
    between(each.difference?.value, each.difference), score(each.slopes.own.value),
  ]),
)}
<p>${right} ${counted(decisions.both)} rightly, only this model ${counted(decisions.onlyOwn)}, only the reference ${counted(decisions.onlyReference)}, neither ${counted(decisions.neither)}; p = ${score(decisions.p)} by McNemar’s test${decisions.afterHolm && ', also after Holm’s correction'}.</p>`; // prettier-ignore
