import { positiveOf } from '../../contract/classes.ts';
import type { Finding } from '../../contract/findings.ts';
import { cohortOf, wordsFor } from '../../contract/groups.ts';
import { convergence } from '../../contract/convergence.ts';
import { appliedTo, describeScale } from '../../contract/greyScale.ts';
import type { PrecisionChoice } from '../../contract/plan.ts';
import type { RunSummary } from '../../contract/run.ts';
import { smallerBatchSentence } from '../../contract/smallerBatch.ts';
import { describeSplit } from '../../contract/splitSentence.ts';
import { plannedEpochs } from '../../contract/stages.ts';
import { describeTransfer } from '../../contract/strategies.ts';
import { isMultiLabel, selectionOf, taskOf, tasks } from '../../contract/task/index.ts';
import type { SourceSummary } from '../../contract/source.ts';
import { sealedLine } from './sealed.ts';
import { describeLineage, describeSource } from './source.ts';
import { describeEvaluation } from './metrics.ts';
import { positiveFact } from './positive.ts';
import { facts, paragraphs, table } from './table.ts';
import { converged, duration, metric, moment, orNone, percent, scaled } from './units.ts';

/** A run as text: what it was, every epoch, and its test numbers. */
export function describeRun(run: RunSummary, sources: readonly SourceSummary[]): string {
  const { plan, split } = run;
  const after = convergence(run.epochs);
  const part = (counts: { images: number; groups: number }) => cohortOf(counts, run.grouping);
  return paragraphs(
    facts([
      ['Run', `${run.id}${run.name === null ? '' : `, ‘${run.name}’`}${run.starred ? ', starred' : ''}`],
      ['Status', run.status],
      ['Started', moment(run.createdAt)],
      ['Finished', run.finishedAt === null ? orNone(null) : moment(run.finishedAt)],
      ['Study', orNone(run.study)],
      ['Network', `${plan.backbone}, ${describeTransfer(plan)}`],
      ['Source', plan.source === null ? 'none (random initialisation)' : describeSource(plan.source, sources)],
      ['Lineage', describeLineage(plan.source, sources)],
      ['Size', `${scaled(run.parameters)} parameters, ${scaled(run.macs)} MACs per image, classifier included`],
      ['Input', `${plan.input}×${plan.input} pixels, ${plan.fit}${plan.channels === 1 ? ', grey' : ''}`],
      [
        'Grey scale',
        plan.data.greyScale === undefined ? '' : `without a window: ${describeScale(appliedTo(plan.data))}`,
      ],
      [isMultiLabel(plan) ? 'Labels' : 'Classes', run.classes.join(', ')],
      ...(isMultiLabel(plan) ? [] : positiveFact(positiveOf(run.classes, plan.positive))),
      ['Training', split ? `${part(split.train)}${shareOf(run)}` : orNone(null)],
      ['Validation', split ? part(split.validation) : orNone(null)],
      [
        'Test',
        split
          ? split.test.images === 0
            ? 'no test set'
            : cohortOf(split.test, run.testGrouping ?? run.grouping)
          : orNone(null),
      ],
      // Of folds, the plan of one run does not know.
      ...(run.comparison === null || plan.split.rule
        ? [
            [
              'Split',
              describeSplit(plan.split, { grouping: run.grouping, testFolder: plan.test !== undefined, several: isMultiLabel(plan) }), // prettier-ignore
            ] as const,
          ]
        : []),
      ['Best epoch by', `validation ${selectionOf(plan).title}`],
      ['Engine', run.engine === null ? orNone(null) : `${run.engine}, ${trainedIn(plan.precision)}`],
      ['Seed', String(plan.seed)],
      ['Data', placeOf(plan.data.folder, run.moved?.data)],
      ...(plan.test ? [['Test data', placeOf(plan.test.folder, run.moved?.test)] as const] : []),
    ]),
    run.note,
    known(run.findings),
    run.epochs.length > 0 && epochs(run),
    run.smallerBatches?.map(smallerBatchSentence).join('\n'),
    after && `Converged (95 % of the best validation AUROC) after ${converged(after)}.`,
    run.error && `${run.error.message} [${run.error.code}] ${run.error.remedy ?? ''}`.trimEnd(),
    run.test && describeEvaluation(run.test),
    run.sealed && sealedLine('Test set', run.id),
  );
}

const trainedIn = (precision: PrecisionChoice): string =>
  precision === 'auto' ? 'precision not settled yet' : `training in ${precision}`;

/** Where images lie, and where they lay when they were read. */
export const placeOf = (folder: string, now = folder): string =>
  now === folder ? folder : `${now}, moved from ${folder}`;

const shareOf = ({ plan: { trainShare }, grouping }: RunSummary) =>
  trainShare === 1
    ? ''
    : `, of which ${percent(trainShare)} of the ${wordsFor(grouping).many} of each class are trained on`;

/** What the audit found in the data of a run or a comparison. */
export const known = (findings: readonly Finding[] = []) =>
  findings.length > 0 &&
  ['What the audit found', ...findings.map(({ code, message, grave }) => `  ${message} [${code}${grave ? ', accepted' : ''}]`)].join('\n'); // prettier-ignore

function epochs({ epochs, bestEpoch, plan }: RunSummary): string {
  const { scores } = tasks[taskOf(plan)];
  return table(
    [
      { title: 'Epoch', align: 'right' },
      { title: 'Loss', align: 'right' },
      { title: 'Val. loss', align: 'right' },
      ...scores.map(({ title }) => ({ title: `Val. ${title}`, align: 'right' as const })),
      { title: 'Learning rate', align: 'right' },
      { title: 'Time', align: 'right' },
      { title: '' },
    ],
    epochs.map((record) => [
      `${record.epoch} of ${plannedEpochs(plan)}`,
      record.trainLoss.toFixed(4),
      record.validationLoss.toFixed(4),
      ...scores.map(({ of }) => metric(of(record))),
      record.stage === 'svm' ? 'SVM' : record.learningRate.toExponential(2),
      duration(record.seconds),
      record.epoch === bestEpoch ? 'best, kept' : '',
    ]),
  );
}
