// A process of its own for tests that kill it, lock against it or fill its disk:
//   writer.ts epochs WORKSPACE   stores epochs of a new run for ever; prints the run, then each number once it is stored
//   writer.ts hold WORKSPACE     opens the workspace, prints `open`, and keeps it
//   writer.ts fill WORKSPACE     stores datasets, printing each id once it is stored, until an error; prints its code
import { writeSync } from 'node:fs';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { exampleDataset } from '../../support/dataset.ts';

/** Unbuffered: what is printed was handed to the parent before the next step. */
const say = (line: string) => writeSync(1, `${line}\n`);

const [, , what, folder = ''] = process.argv;
try {
  const { store } = openWorkspace(folder);
  if (what === 'hold') {
    say('open');
    setInterval(() => {}, 1000);
  } else if (what === 'fill') {
    for (let n = 0; ; n++) say(store.datasets.save(exampleDataset({ patients: 200, folder: `/study/${n}` })));
  } else {
    const plan = { data: { folder: '/study' }, backbone: 'resnet18' };
    const { id } = store.runs.create({ plan, classes: ['a', 'b'], parameters: 1, macs: 1 });
    store.runs.setStatus(id, 'running', { engine: 'wasm' });
    say(id);
    for (let epoch = 1; ; epoch++) {
      const record = {
        epoch,
        stage: 'fine-tuning' as const,
        trainLoss: 1 / epoch,
        validationLoss: 1 / epoch,
        validationAuroc: null,
        validationAuprc: 1 - 1 / epoch,
        validationAccuracy: 0.5,
        validationBalancedAccuracy: 0.5,
        learningRate: 1e-4,
        seconds: 1,
        liveTensors: 10,
      };
      store.epochs.add(id, record, { checkpoint: `epoch-${epoch}.safetensors`, crc32: epoch, isBest: true });
      say(String(epoch));
    }
  }
} catch (error) {
  say(CutpointError.from(error).code);
  say(CutpointError.from(error).message);
  process.exitCode = 1;
}
