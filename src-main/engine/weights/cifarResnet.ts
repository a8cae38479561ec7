import type { WeightFile } from './file.ts';

/** Channels of the three stages of He et al. 2016, section 4.2; wide ones (Zagoruyko and Komodakis 2016) have a multiple. */
const STAGES = [16, 32, 64];

/** Channels of the four stages of the ResNets for large images (the same paper, table 1), their depths, and how many stages begin with a shortcut of their own at the least. */
const LARGE_STAGES = [64, 128, 256, 512];
const LARGE_DEPTHS = [18, 34, 50, 101, 152];
const SHORTCUTS = 3;

/** The size of the kernel and its channels, of whatever layout: torch's [out, in, h, w] or Keras's [h, w, in, out]. */
interface Kernel {
  side: number;
  inputs: number;
  outputs: number;
}

/**
 * Names a ResNet for CIFAR's images of 32 × 32: a 3 × 3 convolution to 16 channels, three stages of pairs of 3 × 3
 * convolutions (depth 6n + 2) or of bottlenecks (9n + 2). Undefined for everything else.
 */
export function cifarResnet(file: WeightFile): string | undefined {
  const kernels = kernelsOf(file);
  const stem = kernels.find(({ inputs }) => inputs === 3 || inputs === 1);
  if (stem?.side === 3 && stem.outputs === LARGE_STAGES[0])
    return withSmallStem(kernels.filter((each) => each !== stem));
  if (stem?.side !== 3 || stem.outputs !== STAGES[0]) return undefined;
  const inside = kernels.filter((kernel) => kernel !== stem);
  const threes = inside.filter(({ side }) => side === 3);
  const widths = [...new Set(threes.map(({ outputs }) => outputs))].sort((a, b) => a - b);
  const widening = (widths[0] ?? 0) / STAGES[0]!;
  const isStaged =
    widths.length === STAGES.length && widths.every((width, stage) => width === STAGES[stage]! * widening);
  if (!isStaged || !Number.isInteger(widening) || inside.some(({ side }) => side > 3)) return undefined;
  const ones = inside.length - threes.length;
  // A bottleneck has two 1 × 1 convolutions for its 3 × 3 one; of shortcuts there are three at the most.
  const isBottleneck = ones >= 2 * threes.length;
  const depth = isBottleneck ? 3 * threes.length + 2 : threes.length + 2;
  const stages = widths.map((width) => (isBottleneck ? 4 * width : width)).join(', ');
  const title = widening > 1 && !isBottleneck ? `Wide ResNet-${depth + 2}-${widening}` : `ResNet-${depth}`;
  if ((depth - 2) % (isBottleneck ? 9 : 6) !== 0) return undefined;
  return `a CIFAR ${title} (depth ${title.split('-')[1]}, for images of 32 × 32, in stages of ${stages} channels), for which Cutpoint has no network`;
}

/**
 * ResNet-18 to -152 with a 3 × 3 convolution before their stages, without pooling: made for CIFAR by many repositories, of
 * self-supervised training too.
 */
function withSmallStem(inside: readonly Kernel[]): string | undefined {
  const threes = inside.filter(({ side }) => side === 3);
  const ones = inside.length - threes.length;
  const widths = [...new Set(threes.map(({ outputs }) => outputs))].sort((a, b) => a - b);
  if (widths.join() !== LARGE_STAGES.join() || inside.some(({ side }) => side !== 1 && side !== 3)) return undefined;
  const isBottleneck = ones >= 2 * threes.length;
  const depth = LARGE_DEPTHS.find((each) => each === (isBottleneck ? 3 * threes.length + 2 : threes.length + 2));
  if (depth === undefined || ones < SHORTCUTS) return undefined;
  return `a CIFAR ResNet-${depth} (its first convolution is 3 × 3, for images of 32 × 32), for which Cutpoint has no network`;
}

function kernelsOf({ tensors }: WeightFile): Kernel[] {
  return [...tensors].flatMap(([name, { shape }]) => {
    if (shape.length !== 4) return [];
    const isKeras = !/(^|\.)weight$/.test(name);
    const [a, b, c, d] = shape as [number, number, number, number];
    return [isKeras ? { side: a, inputs: c, outputs: d } : { side: c, inputs: b, outputs: a }];
  });
}
