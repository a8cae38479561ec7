// `npm run bench:memory`: the estimate of memory that a start is refused by, beside the peak that a process reaches which
// trains three steps of the same plan. Exits with 1 where an estimate is more than 10 % below or 30 % above.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { trainingPlan, type TrainingPlanInput } from '../../src-main/contract/plan.ts';
import { bytesFor, memoryNeed } from '../../src-main/engine/train/memory.ts';
import { engineFor } from '../../src-main/engine/tensor/engines.ts';
import { architectureOf } from '../../src-main/backbone/architecture.ts';

const [MOST_BELOW, MOST_ABOVE] = [-0.1, 0.3];
/** What an engine process holds beside a worker's: store, readers, services. Measured: 0.12 to 0.17 GB. */
const ENGINE_BESIDES = 0.12e9;
const plans: Partial<TrainingPlanInput>[] = [
  { backbone: 'resnet50', batch: 16 },
  { backbone: 'resnet50', batch: 2, input: 96 },
  { backbone: 'resnet50', batch: 16, strategy: 'layerwise', cut: 'layer3.5' },
  { backbone: 'resnet50', batch: 16, strategy: 'truncated', cut: 'layer2.3', optimiser: { kind: 'sgd' } },
  { backbone: 'mobilenet_v2', batch: 1, input: 32 },
  { backbone: 'mobilenet_v2', batch: 16, input: 128 },
  { backbone: 'mobilenet_v2', batch: 32 },
  { backbone: 'mobilenet_v3_large', batch: 16 },
  { backbone: 'densenet121', batch: 8 },
  { backbone: 'efficientnet_b0', batch: 8 },
  { backbone: 'vgg16', batch: 4 },
  { backbone: 'convnext_tiny', batch: 8, input: 160 },
  { backbone: 'inception_v3', batch: 8, input: 299 },
  { backbone: 'resnet18', batch: 16, input: 128, engine: 'wasm' },
  { backbone: 'mobilenet_v2', batch: 8, input: 128, engine: 'wasm' },
];

console.log('| network                        | batch | input | engine     | estimate GB | peak GB | difference |');
console.log('|--------------------------------|------:|------:|------------|------------:|--------:|-----------:|');
for (const changes of plans) {
  const input = { data: { folder: '.' }, strategy: 'full', ...changes } as TrainingPlanInput;
  const plan = trainingPlan.parse(input);
  const engine = await engineFor(plan.engine);
  const estimate = bytesFor(memoryNeed(architectureOf(plan, ['0', '1'], 'softmax'), plan, engine), plan.batch);
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'memoryWorker.ts'), JSON.stringify(input)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (status !== 0) throw new Error(`the worker of ${plan.backbone} ended with ${status}`);
  const peak = Number(stdout.trim().split('\n').at(-1)) + ENGINE_BESIDES;
  const difference = estimate / peak - 1;
  if (difference < MOST_BELOW || difference > MOST_ABOVE) process.exitCode = 1;
  const cells = [
    `${plan.backbone} ${plan.cut ? `${plan.strategy} ${plan.cut}` : ''}`.padEnd(30),
    String(plan.batch).padStart(5),
    String(plan.input).padStart(5),
    engine.name.padEnd(10),
    (estimate / 1e9).toFixed(2).padStart(11),
    (peak / 1e9).toFixed(2).padStart(7),
    `${(100 * difference).toFixed(0)} %`.padStart(10),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
