import { graphParameters } from '../../src-main/backbone/parameters.ts';
import type { Weights } from '../../src-main/backbone/model.ts';
import { findBackbone } from '../../src-main/backbone/zoo/index.ts';
import type { TrainingPlan } from '../../src-main/contract/plan.ts';
import { generator } from '../../src-main/engine/random.ts';
import { withEngine } from '../../src-main/engine/tensor/engines.ts';
import { RunControl } from '../../src-main/engine/train/control.ts';
import { pictureInputs } from '../../src-main/engine/network/inputs.ts';
import { trainLoop } from '../../src-main/engine/train/loop.ts';
import { architectureOf } from '../../src-main/backbone/architecture.ts';
import { firstProgress } from '../../src-main/engine/train/schedule.ts';
import { networkOn } from '../../src-main/engine/network/open.ts';
import { initialise } from '../../src-main/engine/weights/initialise.ts';
import { drawCategories } from './pictures/index.ts';
import { drawPool } from './pool.ts';

export interface PretrainOptions {
  /** Per category. */
  pictures: { train: number; validation: number };
  /** Seed of the formulas. */
  formulas: number;
  /** Weights to go on from; empty: all at random. */
  start: Weights;
  tell(line: string): void;
}

/**
 * Trains a backbone to tell the categories of formula pictures apart, with the training loop of the engine.
 * @returns the backbone's weights after the last epoch; the head that told the categories apart is left out
 */
export async function pretrain(
  plan: TrainingPlan,
  { pictures, formulas, start, tell }: PretrainOptions,
): Promise<Weights> {
  const categories = drawCategories(formulas);
  const perCategory = pictures.train + pictures.validation;
  tell(`drawing ${perCategory} pictures of each of ${categories.length} categories`);
  const cache = drawPool(categories, { seed: plan.seed, perCategory, size: plan.input });
  const indices = Array.from({ length: cache.count }, (_, index) => index);
  const held = pictures.validation * categories.length;
  const classes = categories.map(({ name }) => name);
  const architecture = architectureOf(plan, classes);
  const weights = initialise(
    graphParameters(architecture.graph, architecture.input),
    findBackbone(plan.backbone).initialisation,
    generator(plan.seed, 'weights'),
  );
  for (const [key, value] of start) weights.set(key, value);
  return withEngine(plan.engine, async (engine) => {
    const network = networkOn(engine, architecture, { weights });
    try {
      await trainLoop(
        network,
        {
          inputs: pictureInputs({ cache, ...architecture }, { ops: engine.ops, ...plan }),
          labels: indices.map((index) => index % categories.length),
          train: indices.slice(held),
          validation: indices.slice(0, held),
          classes,
        },
        {
          plan,
          progress: firstProgress(plan.learningRate),
          control: new RunControl(() => {}),
          emit: () => {},
          onEpoch: async ({ record: { epoch, trainLoss, validationLoss, validationAccuracy, seconds } }) =>
            tell(
              `epoch ${epoch} of ${plan.epochs}: loss ${trainLoss.toFixed(3)}; of pictures held out ` +
                `${validationLoss.toFixed(3)}, accuracy ${validationAccuracy.toFixed(3)}; ${seconds.toFixed(0)} s`,
            ),
        },
      );
      return new Map([...(await network.variables.weights())].filter(([key]) => !key.startsWith('head_')));
    } finally {
      network.variables.dispose();
    }
  });
}
