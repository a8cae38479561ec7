import { GraphBuilder } from '../builder.ts';
import { symmetric } from '../padding.ts';
import { IMAGENET, type Backbone } from './backbone.ts';

/**
 * The small networks of Transfusion: layers of convolution, batch normalisation and ReLU with a 3 × 3 max pool of stride 2
 * between them, then global average pooling. Neither code nor weights were published; the paper leaves open, and here are
 * chosen, the names (torch's style), padding that keeps the size, convolutions without bias, an epsilon of 1e-5,
 * ImageNet's statistics, and He normal kernels.
 *
 * The paper's sizes (8,532,480; 8,432,128; 2,108,672; 1,076,480) are the kernels of all convolutions but the first, plus
 * those of a classifier of five classes. For CBR-Tiny that is true of 32 to 256 channels, while its text names 64 to 512,
 * which would be twice CBR-Small: the size is followed here.
 */
const rows = [
  { name: 'cbr_larget', title: 'CBR-LargeT', kernel: 7, widths: [32, 64, 128, 256, 512] },
  { name: 'cbr_largew', title: 'CBR-LargeW', kernel: 7, widths: [64, 128, 256, 512] },
  { name: 'cbr_small', title: 'CBR-Small', kernel: 7, widths: [32, 64, 128, 256] },
  { name: 'cbr_tiny', title: 'CBR-Tiny', kernel: 5, widths: [32, 64, 128, 256] },
] as const;

/** The fifth layer, which only CBR-LargeT has, goes straight to the global pool. */
const POOLED_LAYERS = 4;

export const cbrs: readonly Backbone[] = rows.map(({ name, title, kernel, widths }) => ({
  name,
  title,
  family: 'CBR',
  dialect: 'torchvision',
  paper:
    'Raghu et al., Transfusion: Understanding Transfer Learning for Medical Imaging, NeurIPS 2019, arXiv:1902.07208',
  input: 224,
  preprocessing: IMAGENET,
  initialisation: 'heNormalFanOut',
  build: () => features(kernel, widths).build(name),
  published: () => classified(features(kernel, widths)).build(name),
}));

function classified(builder: GraphBuilder): GraphBuilder {
  builder.outside();
  const pooled = builder.add('globalAveragePool', 'avgpool', [builder.end], { keepSpatial: false });
  builder.add('dense', 'fc', [pooled], { units: 1000, bias: true });
  return builder;
}

function features(kernel: number, widths: readonly number[]): GraphBuilder {
  const builder = new GraphBuilder();
  let end = builder.add('input', 'input', [], { channels: 3 });
  widths.forEach((filters, index) => {
    const layer = `layer${index + 1}`;
    builder.within(layer, `${layer}.conv`);
    end = builder.add('conv', `${layer}.conv`, [end], {
      filters,
      kernel: [kernel, kernel],
      stride: [1, 1],
      padding: symmetric((kernel - 1) / 2),
      bias: false,
      groups: 1,
    });
    end = builder.add('batchNorm', `${layer}.bn`, [end], { epsilon: 1e-5, scale: true });
    end = builder.add('activation', `${layer}.relu`, [end], { kind: 'relu' });
    if (index >= POOLED_LAYERS) return;
    builder.within(layer, `${layer}.pool`);
    end = builder.add('maxPool', `${layer}.pool`, [end], { kernel: [3, 3], stride: [2, 2], padding: symmetric(1) });
  });
  return builder;
}
