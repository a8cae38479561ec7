import { LABEL_FROM } from '../../../contract/decision.ts';
import { ONE_CLASS_ONLY } from '../../../contract/oneClass.ts';
import type { OperatingFigures } from '../../../contract/operating.ts';
import type { OperatingRule } from '../../../contract/runChoices.ts';
import type { StudyReport } from '../../../contract/report.ts';
import { wordsFor } from '../../../contract/groups.ts';
import { decisionChart } from '../charts/decision.ts';
import { ofSeveralLabels, PART_WORDS } from '../headline.ts';
import { html, type Html } from '../html.ts';
import { between, counted, day, listed, plural, score, share } from '../words.ts';
import { table } from './parts.ts';

/** From probabilities to decisions. */
export const decisions = (report: StudyReport): Html =>
  ofSeveralLabels(report)
    ? ofLabels(report)
    : html`${threshold(report.operating, report.approach)}${netBenefit(report.decisionCurve)}${leftToAPerson(report.conformal)}`;

/** Each label is called by itself. */
function ofLabels({ labelPoints = [] }: StudyReport): Html {
  const chosen = labelPoints.flatMap((point) => (point.threshold === null ? [] : [{ ...point, from: point.threshold }])); // prettier-ignore
  const parts = (['validation', 'part'] as const).flatMap((which) => {
    const first = chosen.find((point) => point[which])?.[which];
    return first ? [{ which, on: first.on }] : [];
  });
  const from = `from a probability of ${LABEL_FROM} on`;
  return html`<p>${chosen.length === 0 ? `No threshold was chosen for this model: each label is called ${from}.` : `Each label is called ${from}, but for these, whose thresholds were chosen on the validation images:`}</p>
${chosen.length > 0 && html`<ul>${chosen.map(({ positive, from, rule, kept }) => html`<li>${positive} from <strong>${score(from)}</strong> on, by ${ruleOf(rule)}${kept && `, kept ${day(kept.at)}`}.${kept?.afterTest && html` <strong>Test figures had been looked at before.</strong>`}</li>`)}</ul>`}
${parts.map(({ which, on }) =>
  table(
    `At these thresholds, on the ${PART_WORDS[on]} of which each label is known`,
    ['Label', ...SHARES.map(([title]) => title)],
    chosen.flatMap((point) => (point[which] ? [[point.positive, ...SHARES.map(([, of]) => shareText(point[which]![of]))]] : [])),
  ),
)}
<p>${ONE_CLASS_ONLY.abstention} No decision curve is drawn: nobody said on which of the labels one would act.</p>`; // prettier-ignore
}

function ruleOf(rule: OperatingRule): string {
  switch (rule.kind) {
    case 'youden':
      return 'the largest sensitivity + specificity − 1 (Youden 1950)';
    case 'sensitivity':
      return `a sensitivity of at least ${rule.target}`;
    case 'specificity':
      return `a specificity of at least ${rule.target}`;
    case 'cost':
      return `the least cost, a missed positive costing ${rule.ratio} false alarms`;
    case 'fixed':
      return 'a number that was named';
  }
}

function threshold(found: StudyReport['operating'], { settings }: StudyReport['approach']): Html {
  if (!found || found.threshold === null)
    return html`<p>No threshold was chosen for this model: the decision is the most probable class${settings.task === 'classification' && ', which of two is that from a probability of 0.5 on'}.</p>`; // prettier-ignore
  const { positive, rule, kept, validation, part } = found;
  const shown = [validation, part].filter((each) => each !== null);
  return html`<p>${positive} is called from a probability of <strong>${score(found.threshold)}</strong> on, chosen on the validation images by ${ruleOf(rule)}${kept && `, kept ${day(kept.at)}`}.${kept?.afterTest && html` <strong>Test figures had been looked at before.</strong>`}</p>
${table('At this threshold', ['Share', ...shown.map(({ on }) => `On the ${PART_WORDS[on]}`)], shares(shown))}`; // prettier-ignore
}

const SHARES = [
  ['Sensitivity', 'sensitivity'],
  ['Specificity', 'specificity'],
  ['PPV, at the prevalence of these images', 'ppv'],
  ['NPV, at the prevalence of these images', 'npv'],
  ['Accuracy', 'accuracy'],
] as const;

const shares = (shown: readonly OperatingFigures[]) =>
  SHARES.map(([title, of]) => [title, ...shown.map((figures) => shareText(figures[of]))]);

const shareText = ({ value, low, high }: OperatingFigures['sensitivity']): string =>
  between(value, low === null || high === null ? null : { low, high });

function netBenefit(curve: StudyReport['decisionCurve']): Html | null {
  if (!curve) return null;
  if (curve.why !== null) return html`<p>No decision curve: ${curve.why}</p>`;
  const { better, prevalence, positive, on } = curve;
  const where = better.map(({ from, to }) => `${score(from)} to ${score(to)}`);
  return html`${decisionChart(curve)}
<p>On the ${PART_WORDS[on]}, of which ${score(prevalence)} are ${positive}. ${
    where.length > 0
      ? `Acting by the model is worth more than acting on all and on nobody at thresholds from ${listed(where)}.`
      : 'Acting by the model is nowhere worth more than acting on all or on nobody.'
  }</p>`; // prettier-ignore
}

function leftToAPerson(found: StudyReport['conformal']): Html | null {
  if (!found) return null;
  if (found.refused !== null) return html`<p>No prediction sets: ${found.refused}</p>`;
  const { classes, handed, alpha, grouping, on, images } = found;
  const { many } = wordsFor(grouping);
  return html`<p>Prediction sets by class-conditional conformal prediction (Vovk 2012), calibrated on the validation images so that the set lacks the true class for at most ${Math.round(100 * alpha)} % of ${many}.${handed && ` Of the ${PART_WORDS[on]}, ${plural(handed.images.count, 'image')} (${share(handed.images.count, images)}) have no class or several in their set, and would be handed to a person.`}</p>
${table(
  'Coverage of each class',
  ['Class', `Calibrated on (${many})`, 'Coverage'],
  classes.map(({ class: name, calibration, coverage }) => [name, counted(calibration.groups), coverage ? between(coverage.count / coverage.of, coverage) : between(null, null)]),
)}`; // prettier-ignore
}
