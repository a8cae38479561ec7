import { z } from 'zod';

const channels = z.tuple([z.number(), z.number(), z.number()]);

/** What weights expect, per channel of an RGB image of 0 to 255: `(value / 255 - mean) / std`. */
export const preprocessing = z.object({
  mean: channels,
  std: channels.refine((values) => values.every((value) => value > 0), 'A standard deviation is more than 0.'),
});

export type PreprocessingValues = z.infer<typeof preprocessing>;

/** What weights from elsewhere commonly expect, with what to call it. */
export const COMMON_PREPROCESSING = {
  imagenet: {
    title: 'ImageNet mean and standard deviation',
    values: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  },
  centred: { title: 'Values from −1 to 1', values: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] } },
  unit: { title: 'Values from 0 to 1', values: { mean: [0, 0, 0], std: [1, 1, 1] } },
  bytes: { title: 'Values from 0 to 255', values: { mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] } },
} satisfies Record<string, { title: string; values: PreprocessingValues }>;
export type CommonPreprocessing = keyof typeof COMMON_PREPROCESSING;
