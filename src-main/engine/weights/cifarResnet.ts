import type { WeightFile } from './file.ts';

/** Channels of the three stages of He et al. 2016, section 4.2; wide ones (Zagoruyko and Komodakis 2016) have a multiple. */
const STAGES = [16, 32, 64];

/** The size of the kernel and its channels, of whatever layout: torch's [out, in, h, w] or Keras's [h, w, in, out]. */
interface Kernel {
  side: number;
  inputs: number;
  outputs: number;
}

/**
 * Names a ResNet for CIFAR's pictures of 32 × 32: a 3 × 3 convolution to 16 channels, three stages of pairs of 3 × 3
 * convolutions (depth 6n + 2) or of bottlenecks (9n + 2). Undefined for everything else.
 */
export function cifarResnet(file: WeightFile): string | undefined {
  const kernels = kernelsOf(file);
  const stem = kernels.find(({ inputs }) => inputs === 3 || inputs === 1);
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
  return `a CIFAR ${title} (depth ${title.split('-')[1]}, for pictures of 32 × 32, in stages of ${stages} channels), for which Cutpoint has no network`;
}

function kernelsOf({ tensors }: WeightFile): Kernel[] {
  return [...tensors].flatMap(([name, { shape }]) => {
    if (shape.length !== 4) return [];
    const isKeras = !/(^|\.)weight$/.test(name);
    const [a, b, c, d] = shape as [number, number, number, number];
    return [isKeras ? { side: a, inputs: c, outputs: d } : { side: c, inputs: b, outputs: a }];
  });
}
