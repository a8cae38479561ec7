import { cutNodes } from '../../backbone/cuts.ts';
import { graphAt } from '../../backbone/dense.ts';
import { inferShapes } from '../../backbone/shapes.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import { CutpointError } from '../../contract/errors.ts';
import { namesWith, STRATEGIES, type StrategyName } from '../../contract/strategies.ts';
import type { ComparisonPlan } from '../../contract/comparison/index.ts';
import type { Workspace } from '../store/workspace.ts';
import { architectureOf } from '../../backbone/architecture.ts';
import { requireBatch } from '../train/requireBatch.ts';
import { sourceFor } from '../transfer/source.ts';
import { cellPlan } from './cells.ts';
import { courseOf } from './courses.ts';
import { cutsOf, unique } from './grid.ts';

/**
 * Refuses a comparison whose plan is wrong in itself, before the data are read: strategies without what they need, and
 * networks that cannot be built for one of its runs.
 * @throws CutpointError INPUT_INVALID, CUT_UNKNOWN, STRATEGY_UNSUPPORTED, BACKBONE_UNKNOWN, INPUT_TOO_SMALL,
 *   SOURCE_UNKNOWN, WEIGHTS_MISMATCH
 */
export function checkComparison(plan: ComparisonPlan, workspace: Workspace): void {
  requirePlain(plan);
  if (plan.kind !== 'search') checkStrategies(plan);
  if (plan.kind === 'tournament') checkTournament(plan);
  const entry = courseOf(plan);
  entry.check?.(plan);
  // A search may know none of its runs beforehand.
  if (plan.base.source !== null) sourceFor(workspace, plan.base.source, plan.base.backbone);
  const networks = new Map(
    entry.cells(plan).map((cell) => [JSON.stringify([cell.strategy, cell.cut, cell.source]), cell]),
  );
  for (const cell of networks.values()) {
    // Two class names stand for those of the data, which are not known yet.
    const architecture = architectureOf(cellPlan(plan.base, cell, workspace), ['0', '1']);
    inferShapes(architecture.graph, architecture.input);
    requireBatch(plan.base, architecture);
  }
}

/**
 * The strategies of a comparison say how weights begin and what classifies; `base` saying so too would be overruled in
 * silence.
 */
function requirePlain({ base }: ComparisonPlan): void {
  if (base.classifier === 'svm') {
    throw invalid(
      'The strategies of a comparison decide the classifier; a support vector machine cannot be asked of all of them.',
      namesWith(({ classifier }) => classifier === 'svm'),
      (valid) => `Name the strategies that end in one: ${valid}.`,
    );
  }
  if (base.initialisation !== 'pretrained') {
    throw invalid(
      `The strategies of a comparison decide how weights start; '${base.initialisation}' cannot be asked of all of them.`,
      namesWith(({ initialisation }) => initialisation !== 'pretrained'),
      (valid) => `Name the strategies that start differently: ${valid}.`,
    );
  }
}

function checkStrategies({ base, strategies, cuts, ...plan }: Exclude<ComparisonPlan, { kind: 'search' }>): void {
  const needy = strategies.filter((name) => STRATEGIES[name].cut === 'needed');
  if (needy.length > 0 && cutsOf({ base, cuts }).length === 0) {
    throw invalid(
      `${listed(needy)} ${needy.length === 1 ? 'needs' : 'need'} a cut, and none was given.`,
      cutNodes(graphAt(findBackbone(base.backbone), { height: base.input, width: base.input })).map(({ name }) => name),
      (valid) => `Name one or more of: ${valid}; or leave ${needy.length === 1 ? 'it' : 'them'} out.`,
    );
  }
  const sources = 'sources' in plan ? plan.sources : [];
  if (base.source !== null || sources.length > 0) return;
  if (strategies.includes('mean-var')) {
    throw invalid(
      `${listed(['mean-var'])} draws weights like those of a pretrained source, and none was given.`,
      ['scratch'],
      (valid) => `Name a source, or the strategy ${valid}.`,
    );
  }
  if (strategies.includes('full') && strategies.includes('scratch')) {
    throw invalid(
      `Without a pretrained source, ${listed(['full'])} and ${listed(['scratch'])} are the same.`,
      strategies.filter((name) => name !== 'scratch'),
      (valid) => `Name a source, or compare ${valid} alone.`,
    );
  }
}

function checkTournament({
  base,
  strategies,
  reference,
  folds,
}: Extract<ComparisonPlan, { kind: 'tournament' }>): void {
  if (!strategies.includes(reference)) {
    throw invalid(
      `The reference ${listed([reference])} is not among the strategies compared.`,
      unique(strategies),
      (valid) => `Choose as reference one of: ${valid}; or add '${reference}' to the strategies.`,
    );
  }
  if (base.test && folds.kind === 'groups') {
    throw invalid(
      'A separate test folder is tested as a whole, not in folds.',
      ['fixed'],
      (valid) => `Choose '${valid}' instead of folds, or name no folder to test on.`,
    );
  }
  if (!base.test && folds.kind === 'fixed' && base.split.test === 0) {
    throw invalid(
      'With a test share of 0 there is nothing to compare the strategies on.',
      ['groups', 'fixed'],
      () => 'Set aside a share of the images, name a folder to test on, or choose folds.',
    );
  }
}

const listed = (names: readonly StrategyName[]): string =>
  unique(names)
    .map((name) => `'${name}' (${STRATEGIES[name].title})`)
    .join(', ');

function invalid(message: string, valid: readonly string[], remedy: (valid: string) => string): CutpointError {
  return new CutpointError('INPUT_INVALID', message, { remedy: remedy(valid.join(', ')), details: { valid } });
}
