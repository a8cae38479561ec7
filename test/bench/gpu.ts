// `npm run bench:gpu`: all that has to be seen on a machine with an NVIDIA GPU, in under 8 minutes: what the engine computes on;
// gradients equal to the processor's, in float32 and near them in bfloat16; steps of four networks in both precisions, beside
// PyTorch's on the GPU; a step that does not fit and goes on with half the batch; training and export of the sample. One table,
// one line of JSON (--json), each part with a limit of time, so that one that fails leaves the others. Without a GPU it says
// so and ends; `--cpu` runs the same parts on the processor, to see that they run.
//
// PYTHON names an interpreter with PyTorch for CUDA and torchvision. On a machine without a network, carry a checkout on which
// `npm run setup` has run, with TensorFlow's CUDA library and the CUDA wheels that it loads unpacked where set-up keeps them
// (docs/development.md); nothing is downloaded here.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { precision as precisions } from '../../src-main/contract/plan.ts';
import { writeStudy } from '../e2e/support/study.ts';
import { figure, median, tell, type Figure } from './figures.ts';
import { measuredBy } from './peer.ts';

const { values } = parseArgs({ options: { cpu: { type: 'boolean', default: false } } });
const NETWORKS = values.cpu ? ['mobilenet_v2'] : ['resnet50', 'mobilenet_v2', 'efficientnet_b0', 'densenet121'];
const EQUAL = ['resnet18', 'efficientnet_lite0'];
/** Of the steps that are timed; the first ones choose algorithms. */
const [BATCH, STEPS] = values.cpu ? [4, 2] : [64, 20];
const SIZE = values.cpu ? 96 : 224;
const DEVICE = values.cpu ? 'cpu' : 'cuda';
const bin = join(import.meta.dirname, '../../bin/cutpoint.mjs');
// Otherwise it takes all memory of a GPU at once, and how much it needs is not to be seen.
const env = { ...process.env, TF_FORCE_GPU_ALLOW_GROWTH: 'true' };

const cutpoint = (args: readonly string[], seconds: number, more: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8', timeout: 1000 * seconds, env: { ...env, ...more } });

const doctor = cutpoint(['doctor', '--json'], 60);
const device = /"device": ?"([^"]*)"/.exec(doctor.stdout)?.[1] ?? 'unknown';
console.log(`engine: ${device}`);
if (!/GPU/.test(device) && !values.cpu) {
  console.log(
    'There is no GPU that TensorFlow computes on here: nothing was run. --cpu runs the parts on the processor.',
  );
  process.exit();
}

const scratch = mkdtempSync(join(tmpdir(), 'cutpoint-gpu-'));
const figures: Figure[] = [];
const said: string[] = [];
const within = (what: string, holds: boolean, detail: string): void => {
  said.push(`${holds ? 'yes' : 'NO '}  ${what}: ${detail}`);
  if (!holds) process.exitCode = 1;
};
try {
  equality();
  steps();
  await smallerBatch();
  journey();
  tell(figures);
  console.log(said.join('\n'));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function equality(): void {
  for (const name of EQUAL)
    for (const precision of precisions.options) {
      const found = measuredBy<{ loss: number; medianCosine: number }>('gpuWorker.ts', [name, precision], 40);
      const what = `${name}: gradients in ${precision} point where those of the processor do`;
      if (typeof found === 'string') within(what, false, found);
      else {
        // Noise of rounding grows from layer to layer, most in networks of narrow layers.
        const least = precision === 'float32' ? 0.999 : 0.4;
        within(what, found.medianCosine >= least, `median cosine ${found.medianCosine.toFixed(5)}, losses ${found.loss.toExponential(1)} apart`); // prettier-ignore
      }
    }
}

function steps(): void {
  for (const name of NETWORKS)
    for (const precision of precisions.options) {
      const args = [BATCH, SIZE, STEPS, name, precision];
      const own = measuredBy<{ seconds: number[]; peakBytes: number }>('stepWorker.ts', args, 40);
      const peer = measuredBy<{ seconds: number[] }>('zoo.py', [...args, DEVICE], 40);
      if (typeof own === 'string') within(`steps of ${name} in ${precision}`, false, own);
      else
        figures.push(
          figure({
            ...{ figure: `${name}, ${SIZE} px, batch ${BATCH}, ${precision}`, unit: 'ms' },
            ours: 1000 * median(own.seconds),
            peer: typeof peer === 'string' ? peer : 1000 * median(peer.seconds),
          }),
        );
    }
}

async function smallerBatch(): Promise<void> {
  const study = join(scratch, 'study');
  // On a GPU more than it holds; on a processor TensorFlow is told to refuse.
  const [batch, input, backbone] = values.cpu ? [32, 224, 'resnet18'] : [1024, 448, 'resnet50'];
  await writeStudy(study, { patients: values.cpu ? 30 : 800 });
  const limited = values.cpu ? { TF_MKL_ALLOC_MAX_BYTES: String(256 * 2 ** 20) } : {};
  const { status, stderr } = cutpoint(
    [
      ...[
        'train',
        '--data',
        study,
        '--workspace',
        join(scratch, 'small'),
        '--group-pattern',
        '(p\\d+)',
        '--epochs',
        '1',
      ],
      ...['--backbone', backbone, '--source', 'none', '--input', String(input), '--batch', String(batch)],
      ...(values.cpu ? ['--cut', 'layer1.0'] : []),
    ],
    150,
    limited,
  );
  const halved = /on the batch is (\d+)/.exec(stderr)?.[1];
  within('a step that does not fit goes on with half the batch', status === 0 && halved !== undefined, halved === undefined ? (stderr.trim().split('\n').at(-1) ?? '') : `batch ${batch}, then ${halved}`); // prettier-ignore
}

function journey(): void {
  const [data, workspace] = [join(scratch, 'sample'), join(scratch, 'workspace')];
  const out = join(scratch, 'model.onnx');
  const commands = [
    ['sample', data],
    ['train', '--data', data, '--workspace', workspace, '--epochs', '2', '--input', '64', '--precision', 'bfloat16'], // prettier-ignore
  ];
  let id: string | undefined;
  for (const command of commands) {
    const { status, stderr } = cutpoint(command, 90);
    if (status !== 0) return within(`cutpoint ${command[0]!}`, false, stderr.trim().split('\n').at(-1) ?? '');
    id = /^run (\S+)$/m.exec(stderr)?.[1] ?? id;
  }
  const { status, stderr } = cutpoint(['export', id!, '--format', 'onnx', '--out', out, '--workspace', workspace, '--no-latency'], 90); // prettier-ignore
  within(
    'the sample is trained in bfloat16 and exported, verified',
    status === 0,
    stderr.trim().split('\n').at(-1) ?? '',
  );
}
