import { z } from 'zod';
import { contract, type Contract, type MethodName } from '../../contract/index.ts';
import type { ClientOf, HandlersOf } from '../../contract/method.ts';
import { method } from '../../contract/method.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import { runEvent } from '../../contract/run.ts';
import { comparisonEvent } from '../../contract/comparison/index.ts';
import type { PlanData } from '../cohort/planData.ts';
import type { OnDisk } from '../data/listing.ts';
import type { StepTime } from '../train/stepTime.ts';
import type { Write } from '../store/store.ts';

/**
 * The engine is one process that answers (control: the store, lists, the queue) and two that work for it, each of which may
 * be busy, break or be killed without the others: `compute` holds TensorFlow, `files` reads what people point at.
 */
export const LANES = ['compute', 'files'] as const;
export type LaneName = (typeof LANES)[number];

/** Methods of the contract that are passed on to these; the others are answered by control, or are jobs. */
export const HOMES = {
  compute: ['data.augmented', 'system.doctor', 'run.memory', 'model.predict', 'model.try'],
  files: [
    'data.images',
    'data.glance',
    'data.header',
    'data.preview',
    'data.thumbnails',
    'data.pixels',
    'data.sample',
    'data.unpack',
    'data.move',
    'source.inspect',
    'source.add',
    'sourceStudy.analyse',
    'source.lineage',
    'source.fromRun',
    'source.overlap',
    'catalogue.documents',
    'model.documents',
    'run.evaluated',
    'run.predictions',
    'run.subgroupChoices',
    'run.subgroups',
    'run.operating',
    'run.operate',
    'run.decisionCurve',
    'run.conformal',
    'run.calibration',
    'run.calibrate',
    'distance.compare',
    'distance.experts',
    'masks.agreement',
    // Permutations and resamples take seconds of many cuts.
    'transferability.correlation',
  ],
} as const satisfies Record<LaneName, readonly MethodName[]>;

const nothing = z.null();
const count = z.object({ done: z.int(), total: z.int() });

/** What control asks of the others, beside the contract's own methods. Both ends are of one program: types suffice. */
const ownMethods = {
  /** Trains a stored run from where it stands to its end, and stores how it ended. */
  'lane.train': method({ input: z.object({ run: z.string() }), output: nothing, progress: runEvent }),
  /** Takes a stored comparison to its end, with all of its runs. */
  'lane.comparison': method({
    input: z.object({ comparison: z.string() }),
    output: nothing,
    progress: comparisonEvent,
  }),
  /** Steers the run or the comparison that is going on under this id; nothing where it has just ended. */
  'lane.steer': method({
    input: z.object({ id: z.string(), how: z.enum(['pause', 'resume', 'stop', 'interrupt']) }),
    output: nothing,
  }),
  /** @throws CutpointError OUT_OF_MEMORY */
  'lane.requireMemory': method({ input: z.custom<TrainingPlan>(), output: nothing }),
  /** How long steps of a plan's network take; null beside something else that is computed. */
  'lane.stepTime': method({ input: z.object({ plan: z.custom<TrainingPlan>() }), output: z.custom<StepTime | null>() }),
  /** Reads and checks the data that a plan names. */
  'lane.planData': method({
    input: z.custom<Pick<TrainingPlan, 'data' | 'test' | 'positive' | 'accept' | 'split'>>(),
    output: z.custom<PlanData>(),
    progress: count,
  }),
  /** Images of a run whose files changed since it began. */
  'lane.changedImages': method({ input: z.object({ run: z.string() }), output: z.array(z.string()) }),
  /** Digest of what lies where, see `listingDigest`. */
  'lane.listing': method({ input: z.object({ things: z.custom<OnDisk[]>() }), output: z.string() }),
  /** Files of the cache folder that are being read or written: nobody may remove them. */
  'lane.heldFiles': method({ input: z.object({}), output: z.array(z.string()) }),
};
export type LaneMethods = Contract & typeof ownMethods;
// Named, because written out it is longer than what the compiler puts into a declaration.
export const laneMethods: LaneMethods = { ...contract, ...ownMethods };
export type LaneHandlers = Partial<HandlersOf<LaneMethods>>;

/** What they ask of control. */
export const ownerMethods = {
  /** Makes changes in one transaction; the answer comes when they are on the disk. */
  'store.commit': method({ input: z.custom<Write[]>(), output: z.array(z.unknown()) }),
};
export type OwnerMethods = typeof ownerMethods;
export type LaneClient = Pick<ClientOf<LaneMethods>, 'call'>;
