import { crc32 } from 'node:zlib';
import { groupingOf } from '../../contract/groups.ts';
import type { Evaluation } from '../../contract/evaluation.ts';
import type { Ancestor, Nature, OriginFigures, SourceOrigin } from '../../contract/origin.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import type { RunSummary } from '../../contract/run.ts';
import { isMultiLabel, selectionOf } from '../../contract/task/index.ts';
import { learningParts } from '../cohort/parts.ts';
import type { StoredSource } from '../store/queries/sources.ts';
import type { Reader } from '../store/store.ts';
import { takesValues } from './requireUnseen.ts';
import { countSeen, digestsOf } from './seen.ts';

/** What was measured of a run, as far as a source keeps it. */
export interface Measured {
  validation: Evaluation;
  /** Null where there is none, or it is sealed. */
  test: Evaluation | null;
}

/**
 * How the weights of a run came about, and the digests of all images that they have seen.
 * @throws CutpointError RUN_STATE without data, SOURCE_UNKNOWN where what it began with is gone
 */
export function originOf(
  store: Reader,
  run: RunSummary,
  { nature, measured }: { nature: Nature; measured: Measured },
): { origin: SourceOrigin; seen: Uint8Array } {
  const { plan, split, bestEpoch, epochs } = run;
  if (split === null || bestEpoch === null) throw new Error(`run ${run.id} was not trained`);
  const parent = plan.source !== null && takesValues(plan) ? store.sources.get(plan.source) : null;
  const { dataset, train, validation } = learningParts(store, run);
  const { images, report } = dataset;
  const seen = digestsOf([...train, ...validation].map((at) => images[at]!), parent && store.sources.seen(parent.name)); // prettier-ignore
  const countIn = (part: readonly number[], name: string) =>
    part.filter((at) => (images[at]!.labels ?? [images[at]!.label]).includes(name)).length;
  const origin: SourceOrigin = {
    run: run.id,
    nature,
    parents: parent === null ? [] : [...(parent.origin?.parents ?? []), asAncestor(parent)],
    data: {
      fingerprint: report.fingerprint,
      ...(isMultiLabel(plan) && { several: true as const }),
      images: images.length,
      grouping: groupingOf(report),
      classes: run.classes.map((name) => ({
        name,
        train: countIn(train, name),
        validation: countIn(validation, name),
      })),
      split,
      grey: report.grey ?? null,
    },
    seen: { images: countSeen(seen), crc32: crc32(seen) },
    settings: settingsOf(plan, run.engine),
    epochs: { best: bestEpoch, done: epochs.length, by: selectionOf(plan).title },
    validation: figuresOf(measured.validation),
    test: measured.test && figuresOf(measured.test),
    testSealed: run.sealed,
  };
  return { origin, seen };
}

const asAncestor = ({ name, sha256, catalogue, origin }: StoredSource): Ancestor => ({
  name,
  sha256,
  catalogue,
  nature: origin?.nature ?? null,
});

function figuresOf({ images, groups, metrics, intervals }: Evaluation): OriginFigures {
  const bounds = (found: { low: number; high: number } | null | undefined) => ({ low: found?.low ?? null, high: found?.high ?? null }); // prettier-ignore
  return {
    images,
    groups,
    accuracy: { value: metrics.accuracy, ...bounds(intervals?.accuracy) },
    auroc: { value: metrics.auroc, ...bounds(intervals?.auroc) },
  };
}

/** Those of a plan that decide what weights become, in words. */
function settingsOf(plan: TrainingPlan, engine: string | null): SourceOrigin['settings'] {
  const { kind: falls, ...how } = plan.schedule;
  const { kind: steps, ...moments } = plan.optimiser;
  const parts = (settings: object) => Object.entries(settings).map(([name, value]) => `${name} ${String(value)}`).join(', '); // prettier-ignore
  const rows: readonly (readonly [string, string | number])[] = [
    ['strategy', plan.strategy],
    ['initialisation', plan.source === null ? 'random' : plan.initialisation],
    ['input', `${plan.input} × ${plan.input}, ${plan.fit}, ${plan.channels === 1 ? 'grey' : 'RGB'}`],
    ['head', `${plan.pooling} pooling, dropout ${plan.dropout}, dense`],
    ['epochs at most', plan.epochs],
    ['early stopping', plan.earlyStopping ?? 'none'],
    ['batch', plan.batch],
    ['optimiser', `${steps}, ${parts(moments)}`],
    ['learning rate', plan.learningRate],
    ['schedule', [falls, parts(how)].filter(Boolean).join(', ')],
    ['weight decay', plan.weightDecay],
    ['class weights', plan.classWeights],
    ['augmentation', parts(plan.augmentation)],
    ['share of the training patients', plan.trainShare],
    ['seed', plan.seed],
    ['computed with', `${engine ?? plan.engine}, ${plan.precision}`],
  ];
  return rows.map(([name, value]) => ({ name, value: String(value) }));
}
