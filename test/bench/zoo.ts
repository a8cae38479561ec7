// `npm run bench:zoo`: forward pass and training step of one network of each newer family, batch 16, 224×224, float32,
// Adam, 2 threads; Cutpoint's engine against torchvision's modules in PyTorch, channels-last, in turn, so that a machine whose
// speed drifts slows both. PYTHON names an interpreter with torchvision (default: python3); `--size 96` takes smaller images,
// `--rounds 1` fewer processes, `--precision bfloat16` trains in it on both sides, `--compiled` compiles the peer (torch.compile),
// and arguments name other backbones. Beside it the limit: the arithmetic of a step at the speed of this machine's matrix product;
// below, what takes the most beyond that.
import { parseArgs } from 'node:util';
import { figure, handOver, median, tableOf, type Figure } from './figures.ts';
import { measuredBy, ownBy } from './peer.ts';
import { avoidable, limitOf, type Profile } from './profile.ts';

const { values, positionals } = parseArgs({
  options: {
    size: { type: 'string', default: '224' },
    rounds: { type: 'string', default: '3' },
    precision: { type: 'string', default: 'float32' },
    compiled: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const [batch, size, steps, rounds] = [16, Number(values.size), 4, Number(values.rounds)];
const families = ['resnext50_32x4d', 'densenet121', 'efficientnet_b0', 'mobilenet_v3_large', 'convnext_tiny'];
/** Most of the peer's time that a training step may take. */
const TARGETS: Record<string, number> = {
  resnet50: 0.95,
  densenet121: 0.95,
  mobilenet_v2: 0.9,
  efficientnet_b0: 0.9,
  vgg16: 1,
};
const MOST_MEMORY = 1.2;

interface Measured {
  forward: number[];
  /** Of training steps. */
  seconds: number[];
  peakBytes: number;
}

/** The fastest step of a process: what others do on the machine only adds to it. */
const fastest = (seconds: readonly number[]): number => Math.min(...seconds);

/** The peer as the median of the ratios within pairs has it: the two of a pair met the same machine. */
function compared(ours: readonly number[], theirs: readonly (number | string)[]): Pick<Figure, 'ours' | 'peer'> {
  const missing = theirs.find((each) => typeof each === 'string');
  const own = median(ours);
  if (missing !== undefined) return { ours: own, peer: missing };
  return { ours: own, peer: own / median(ours.map((each, at) => each / (theirs[at] as number))) };
}

const figures: Figure[] = [];
for (const name of positionals.length > 0 ? positionals : families) {
  const args = [batch, size, steps, name, values.precision];
  const pairs = Array.from({ length: rounds }, () => ({
    ours: ownBy<Measured & { profile: Profile }>('stepWorker.ts', args),
    theirs: measuredBy<Measured>('zoo.py', values.compiled ? [...args, 'cpu', 'compiled'] : args),
  }));
  const of = (pick: (measured: Measured) => number) =>
    compared(
      pairs.map(({ ours }) => pick(ours)),
      pairs.map(({ theirs }) => (typeof theirs === 'string' ? theirs : pick(theirs))),
    );
  const what = (kind: string): string => `${name}, ${size} px, ${kind}`;
  const [step, last] = [of(({ seconds }) => fastest(seconds)), pairs.at(-1)!.ours.profile];
  // The machine as it was at its best.
  const productSpeed = Math.max(...pairs.map(({ ours }) => ours.profile.productSpeed));
  const most = TARGETS[name];
  figures.push(
    figure({ figure: what('forward'), unit: 's', ...of(({ forward }) => fastest(forward)) }),
    figure({
      ...{ figure: what('training step'), unit: 's', ...step, limit: limitOf({ ...last, productSpeed }, step.ours) },
      ...(most !== undefined && { target: { of: 'ratio', most } as const }),
      note: avoidable({ ...last, productSpeed }),
    }),
    figure({
      ...{ figure: what('peak memory'), unit: 'GB', ...of(({ peakBytes }) => peakBytes / 1e9) },
      target: { of: 'ratio', most: MOST_MEMORY },
    }),
  );
  process.stderr.write(`${name}\n`);
}
console.log(
  `batch ${batch}, ${size}×${size}, ${values.precision}, 2 threads; fastest of ${steps}, median of ${rounds} processes and of their ratios\n${tableOf(figures)}`,
);
handOver(figures);
