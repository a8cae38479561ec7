import type { Command } from 'commander';
import { cohortOf, wordsFor } from '../../contract/groups.ts';
import { decisionCurveInput, type DecisionCurve } from '../../contract/decisionCurve.ts';
import { NumericOption } from '../options/numeric.ts';
import { addPartOptions, partOf, type PartOptions } from '../options/part.ts';
import { prevalence } from '../options/prevalence.ts';
import { withEngine } from '../session.ts';
import { paragraphs, table } from '../text/table.ts';
import { orNone, percent, range, signed, whole } from '../text/units.ts';

interface Options extends PartOptions {
  class?: string;
  from: number;
  to: number;
  step: number;
  prevalence?: number;
}

export function addDecisionCurve(program: Command): void {
  const { from, to, step } = decisionCurveInput.shape;
  const command = program
    .command('decision-curve')
    .argument('<id>', 'run, as `cutpoint runs` lists it')
    .option('--class <name>', 'of more than two classes, the one that somebody would act on')
    .addOption(
      new NumericOption('--from <p>', 'the lowest probability from which on somebody would act', { one: from }),
    )
    .addOption(new NumericOption('--to <p>', 'the highest', { one: to }))
    .addOption(new NumericOption('--step <p>', 'between two of them', { one: step }))
    .addOption(prevalence('share of the class where the model is to be used, if it is not that of the images'));
  addPartOptions(command).action(
    (id: string, { part, dataset, class: positive, ...options }: Options, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const of = partOf({ part, ...(dataset !== undefined && { dataset }) });
        const input = { id, part: of, ...options, ...(positive !== undefined && { positive }) };
        const found = await client.call('run.decisionCurve', input, { signal });
        output.result(found, () => described(found));
      }),
  );
}

function described(found: DecisionCurve): string {
  const { positive, prevalence, assumed, thresholds, better, confidence, resamples, grouping, why } = found;
  const right = (title: string) => ({ title, align: 'right' as const });
  const stretches = better.map(({ from, to }) => (from === to ? String(from) : `${from} to ${to}`)).join(', ');
  return paragraphs(
    `Net benefit of acting on ${positive}, ${cohortOf(found, grouping)}; prevalence ${prevalence === null ? orNone(null) : percent(prevalence)}${assumed ? ', as named' : ''}`,
    why,
    thresholds.length > 0 &&
      table(
        [right('Threshold'), right('Model'), right('Interval'), right('Standardised'), right('Treat all')],
        thresholds.map((threshold, at) => [
          String(threshold),
          signed(found.model[at]!),
          found.low[at] === null ? orNone(null) : range({ low: found.low[at]!, high: found.high[at]! }),
          signed(found.standardised[at]!),
          signed(found.all[at]!),
        ]),
      ),
    why === null &&
      `${stretches === '' ? 'At none of these thresholds does the model do better than treating all or none.' : `Better than treating all and treating none (0) at thresholds of ${stretches}.`} ${percent(confidence)} intervals by ${whole(resamples)} draws of ${wordsFor(grouping).many}.`,
  );
}
