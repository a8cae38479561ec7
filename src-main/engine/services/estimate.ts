import { architectureOf, networkSize, wholePlan } from '../../backbone/architecture.ts';
import { sizeOf } from '../../backbone/parameters.ts';
import { inferShapes } from '../../backbone/shapes.ts';
import type { Estimate, TimeEstimate } from '../../contract/estimate.ts';
import type { CallContext, Handlers } from '../../contract/index.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import type { RunSummary } from '../../contract/run.ts';
import type { ComparisonPlan } from '../../contract/comparison/index.ts';
import type { PlanData } from '../cohort/planData.ts';
import { plannedSplit } from '../cohort/split.ts';
import { BYTES_PER_VALUE } from '../data/activations.ts';
import type { LaneClient } from '../lanes/methods.ts';
import { freeDisk } from '../storage/usage.ts';
import type { Workspace } from '../store/workspace.ts';
import { cellPlan } from '../comparisons/cells.ts';
import { checkComparison } from '../comparisons/check.ts';
import { courseOf } from '../comparisons/courses.ts';
import { foldsOf } from '../comparisons/splits.ts';
import { isNeutral } from '../train/frozen.ts';
import { frozenPasses, runTime, runTimeAs, type RunTime } from '../train/runTime.ts';

type Counts = Estimate['images'];
type Call = CallContext<'run.estimate'>;
/** A run that is planned, with the images of its parts. */
interface Planned {
  plan: TrainingPlan;
  images: Counts;
}

/** A forward pass beside a training step, for epochs of runs with other shares of validation images. */
const FORWARD = 1 / 3;
/** Earlier runs that are looked at. */
const EARLIER = 3;

/** What runs and comparisons will take. Nothing is stored. */
export function estimateHandlers(
  workspace: Workspace,
  { compute, files }: { compute: LaneClient; files: LaneClient },
): Pick<Handlers, 'run.estimate' | 'comparison.estimate'> {
  const countsOf = async (
    plan: TrainingPlan,
    images: Counts | undefined,
    { signal, progress }: Call,
  ): Promise<Counts> => {
    if (images) return images;
    const onProgress = (event: { done: number; total: number }): void => progress({ doing: 'reading', ...event });
    return counted(await files.call('lane.planData', plan, { signal, onProgress }), plan);
  };

  async function estimate(planned: readonly Planned[], more: boolean, call: Call): Promise<Estimate> {
    const networks = Map.groupBy(planned, ({ plan }) => shapeKey(plan));
    const memory = await largestMemory(
      [...networks.values()].map(([first]) => first!.plan),
      call,
    );
    const known = {
      runs: planned.length,
      more,
      memory,
      disk: { ...diskFor(planned), free: await freeDisk(workspace.folder) },
    };
    const nothing = { ...known, epoch: null, total: null, basis: null };
    if (memory && !memory.fits) return { ...nothing, images: planned[0]!.images, reason: 'memory' };
    const times: RunTime[] = [];
    let basis: Estimate['basis'] = 'earlier';
    let done = 0;
    for (const [first, ...others] of networks.values()) {
      call.progress({ doing: 'measuring', done: done++, total: networks.size });
      const same = [first!, ...others];
      const epochs = earlierEpochs(first!.plan);
      if (epochs) {
        times.push(
          ...same.map(({ plan, images }) =>
            runTimeAs(
              plan,
              epochs.map((each) => each * weightOf(images)),
            ),
          ),
        );
        continue;
      }
      const time = await compute.call('lane.stepTime', { plan: first!.plan }, { signal: call.signal });
      if (!time) return { ...nothing, images: planned[0]!.images, reason: 'busy' };
      basis = 'measured';
      times.push(...same.map(({ plan, images }) => runTime(plan, images, time)));
    }
    return {
      ...known,
      images: planned[0]!.images,
      epoch: scaled(sum(times.map(({ epoch }) => epoch)), 1 / times.length),
      total: sum(times.map(({ total }) => total)),
      basis,
      reason: null,
    };
  }

  const largestMemory = async (plans: readonly TrainingPlan[], { signal }: Call): Promise<Estimate['memory']> => {
    let most: Estimate['memory'] = null;
    for (const plan of plans) {
      const memory = await compute.call('run.memory', plan, { signal });
      if (memory && memory.bytes >= (most?.bytes ?? 0)) most = memory;
    }
    return most;
  };

  /** Seconds per image of the epochs of an earlier run of the same network with the same settings; null where there is none. */
  function earlierEpochs(plan: TrainingPlan): number[] | null {
    const { store } = workspace;
    const size = networkSize(plan, ['0', '1']);
    // Behind frozen layers, epochs are not alike.
    if (architectureOf(plan, ['0', '1'], 'softmax').frozen !== null) return null;
    const alike = store.runs
      .list()
      .filter(({ backbone, epochs, macs }) => epochs >= 2 && backbone === plan.backbone && near(macs, size.macs))
      .slice(0, EARLIER)
      .map(({ id }) => store.runs.get(id))
      .find(
        (run) =>
          run.split !== null &&
          shapeKey(run.plan) === shapeKey(plan) &&
          // What automatic precision came to is in the plan of a run.
          (plan.precision === 'auto' || run.plan.precision === plan.precision),
      );
    return alike ? secondsPerImage(alike) : null;
  }

  return {
    async 'run.estimate'({ plan, images }, call) {
      return estimate([{ plan, images: await countsOf(plan, images, call) }], false, call);
    },
    async 'comparison.estimate'({ plan, images: known }, call) {
      checkComparison(plan, workspace);
      const images = await countsOf(plan.base, known, call);
      const cells = courseOf(plan).cells(plan);
      const more = plan.kind === 'search';
      if (cells.length === 0) {
        // Whatever it will train, it is not larger than the whole network.
        const whole = wholePlan(plan.base);
        const memory = await largestMemory([whole], call);
        const disk = { ...diskFor([{ plan: whole, images }]), free: await freeDisk(workspace.folder) };
        return { runs: 0, more, images, epoch: null, total: null, basis: null, reason: 'open', memory, disk };
      }
      const planned = cells.map((cell) => ({
        plan: cellPlan(plan.base, cell, workspace),
        images: shared(inFold(images, plan), cell.share),
      }));
      return estimate(planned, more, call);
    },
  };
}

/** Images of the parts that a run would have. */
function counted({ dataset, test }: PlanData, plan: TrainingPlan): Counts {
  const parts = plannedSplit(dataset, plan, { testFolder: test !== null });
  const count = (name: string): number => parts.filter((part) => part === name).length;
  const all = { train: count('train'), validation: count('validation'), test: test?.images.length ?? count('test') };
  return shared(all, plan.trainShare);
}

const shared = (images: Counts, share: number): Counts => ({ ...images, train: Math.ceil(images.train * share) });

/** Of k folds one is tested, and validation has its share of the rest. */
function inFold({ train, validation, test }: Counts, plan: ComparisonPlan): Counts {
  const k = foldsOf(plan);
  if (k === null) return { train, validation, test };
  const all = train + validation + test;
  const tested = Math.round(all / k);
  const validated = Math.round((all - tested) * plan.base.split.validation);
  return { train: all - tested - validated, validation: validated, test: tested };
}

/** What decides how long a step takes: runs with the same have the same. */
const shapeKey = (plan: TrainingPlan): string => {
  const { backbone, strategy, cut, classifier, pooling, input, channels, batch, optimiser, engine } = plan;
  const augmented = !isNeutral(plan.augmentation);
  const kinds = [classifier, pooling, input, channels, batch, optimiser.kind, engine, augmented];
  return JSON.stringify([backbone, strategy, cut ?? null, ...kinds]);
};

/** The head has as many outputs as there are classes, which matters little. */
const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.01 * b;

const weightOf = ({ train, validation }: Counts): number => train + FORWARD * validation;

function secondsPerImage({ epochs, split }: RunSummary): number[] {
  const weight = weightOf({ train: split!.train.images, validation: split!.validation.images, test: 0 });
  return epochs.filter(({ stage }) => stage === 'fine-tuning').map(({ seconds }) => seconds / weight);
}

const sum = (times: readonly TimeEstimate[]): TimeEstimate =>
  times.reduce((a, b) => ({ value: a.value + b.value, low: a.low + b.low, high: a.high + b.high }));

const scaled = ({ value, low, high }: TimeEstimate, by: number): TimeEstimate => ({
  value: value * by,
  low: low * by,
  high: high * by,
});

const FLOAT = 4;

/** Decoded images are shared by all runs, stored activations by none here; of each run the last and the best epoch stay. */
function diskFor(planned: readonly Planned[]): Pick<Estimate['disk'], 'cache' | 'checkpoints'> {
  const bytes = planned.map(({ plan, images }) => {
    const { graph, input, frozen } = architectureOf(plan, ['0', '1'], 'softmax');
    const { parameters } = networkSize(plan, ['0', '1']);
    const slots = plan.optimiser.kind === 'adam' ? 2 : 1;
    const all = images.train + images.validation + images.test;
    const values = frozen === null ? 0 : sizeOf(inferShapes(graph, input).get(frozen)!);
    const { trained, measured } = frozenPasses(plan, images);
    return {
      decoded: all * plan.input ** 2 * 3,
      activations: values * (BYTES_PER_VALUE.bfloat16 * trained + BYTES_PER_VALUE.float32 * measured),
      checkpoints: 2 * FLOAT * parameters * (1 + slots),
    };
  });
  return {
    cache: Math.max(...bytes.map(({ decoded }) => decoded)) + Math.max(...bytes.map(({ activations }) => activations)),
    checkpoints: bytes.reduce((total, { checkpoints }) => total + checkpoints, 0),
  };
}
