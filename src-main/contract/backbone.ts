import { z } from 'zod';
import { method } from './method.ts';

/**
 * A truncation point; parameters and MACs are those of the truncated backbone without its head. Of a U-Net, its decoder and
 * head are counted, `block` is the node with which its encoder ends, channels and stride are those of the map there.
 */
export const cutPoint = z.object({
  name: z.string(),
  block: z.string(),
  /** True where the cut is the last of its block (stage 1 of the search in Peng et al. 2023). */
  endsBlock: z.boolean(),
  parameters: z.int(),
  /** Multiply-accumulates of convolutions and dense layers for one image. */
  macs: z.int(),
  channels: z.int(),
  /** Input pixels per output pixel; null: a dense layer, whose features have no place in the image. */
  stride: z.int().nullable(),
});
export type CutPoint = z.infer<typeof cutPoint>;

/** What one unit of a feature map can see of the image, by the paths of convolutions and pooling. */
export const receptiveField = z.object({
  /** Side of the square. It may be larger than the image. */
  pixels: z.int(),
  /** Of the first unit's, in pixels from the middle of the first pixel, down and to the right; the others' lie a stride apart. */
  centre: z.number(),
  /** Squeeze and excitation on the way, which sees the whole image, weighs the channels besides. */
  gated: z.boolean(),
});
export type ReceptiveField = z.infer<typeof receptiveField>;

export const backboneSummary = z.object({
  name: z.string(),
  title: z.string(),
  family: z.string(),
  /** Layout of weights and numerics: torchvision's (and of PyTorch in general) or Keras's. */
  dialect: z.enum(['torchvision', 'keras']),
  /** Whose layer names, in words: the dialect's, or of another library that has this network. */
  library: z.string(),
  paper: z.string(),
  input: z.int(),
  parameters: z.int(),
  macs: z.int(),
});
export type BackboneSummary = z.infer<typeof backboneSummary>;

export const inspection = z.object({
  backbone: z.string(),
  input: z.int(),
  classes: z.int(),
  /** The cut inspected; absent: the full network. */
  cut: z.string().optional(),
  parameters: z.int(),
  macs: z.int(),
  /** A dense layer sees all of the image: it has no receptive field. Of a U-Net, that of a place of its mask, the same a stride further. */
  cuts: z.array(cutPoint.extend({ receptiveField: receptiveField.nullable() })),
});
export type Inspection = z.infer<typeof inspection>;

export const backboneMethods = {
  'backbone.list': method({ input: z.object({}), output: z.array(backboneSummary) }),
  'backbone.inspect': method({
    input: z.object({
      backbone: z.string(),
      cut: z.string().optional(),
      classes: z.int().min(2).max(100_000).default(2),
      input: z.int().min(16).max(1024).default(224),
      /** 1: grey. */
      channels: z.union([z.literal(1), z.literal(3)]).default(3),
    }),
    output: inspection,
  }),
};
