import { trainingPlan } from '../../src-main/contract/plan.ts';
import { generator } from '../../src-main/engine/random.ts';
import type { Store } from '../../src-main/engine/store/store.ts';
import { exampleDataset } from './dataset.ts';
import type { Dataset } from '../../src-main/engine/data/types.ts';

const FOLDER = '/home/user/studies/chest-xray/images';
const EPOCHS = 20;

/** What the runs belong to, and are of; left out: no comparison, the study of the data, and a few images. */
interface Of {
  dataset?: Dataset;
  comparison?: string | undefined;
  study?: string;
}

/**
 * Fills a store with finished runs of complete plans, 20 epochs and a test each; figures have all their digits.
 * @returns their ids
 */
export function storeRuns(store: Store, count: number, { dataset = few(), ...of }: Of = {}): string[] {
  const random = generator(1, 'many runs');
  const perClass = dataset.classes.map((name) => ({
    ...{ name, images: 10, auroc: random(), auprc: random(), sensitivity: random(), specificity: random() },
  }));
  const { folder } = dataset.selection;
  return store.atomically(() => {
    const data = store.datasets.save(dataset);
    return Array.from({ length: count }, (_, seed) => {
      const plan = trainingPlan.parse({
        data: { folder, labels: { csv: '/home/user/studies/chest-xray/labels.csv', groupColumn: 'patient' } },
        ...{ backbone: 'resnet50', source: 'imagenet', cut: `layer3.${seed % 6}`, seed },
      });
      const { id } = store.runs.create({
        plan,
        classes: dataset.classes,
        parameters: 8_543_296 + seed,
        macs: 3.3e9,
        ...of,
      });
      store.runs.setDataset(id, data, null);
      for (let epoch = 1; epoch <= EPOCHS; epoch++) {
        const record = {
          stage: 'fine-tuning' as const,
          ...{ epoch, trainLoss: random(), validationLoss: random(), validationAuroc: random(), learningRate: 3e-4 },
          ...{
            validationAuprc: random(),
            validationAccuracy: random(),
            validationBalancedAccuracy: 0.5,
            seconds: 10 * random(),
            liveTensors: 999,
          },
        };
        store.epochs.add(id, record, {
          checkpoint: `epoch-${String(epoch).padStart(5, '0')}.safetensors`,
          crc32: seed,
          isBest: epoch === 12,
        });
      }
      const metrics = {
        ...{ auroc: random(), auprc: random(), accuracy: random(), balancedAccuracy: random(), loss: random() },
        ...{ sensitivity: random(), specificity: random(), perClass, confusionMatrix: [[9, 1], [3, 7]] }, // prettier-ignore
      };
      const test = { run: id, on: 'test', images: 20, groups: 10, classes: dataset.classes, problems: [] } as const;
      store.evaluations.save(id, { ...test, classes: [...dataset.classes], problems: [], metrics });
      store.runs.setStatus(id, 'completed', { engine: 'tensorflow' });
      return id;
    });
  });
}

const few = (): Dataset => exampleDataset({ patients: 10, folder: FOLDER });
