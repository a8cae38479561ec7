import { z } from 'zod';
import type { Decision } from '../../contract/decision.ts';
import type { Model } from '../../backbone/model.ts';
import { scaling } from '../../contract/calibration.ts';
import { appliedScale } from '../../contract/greyScale.ts';
import { fit, type Fit } from '../../contract/plan.ts';
import { weightsSha256 } from '../weights/weightsSha256.ts';

/**
 * Where a model comes from: run, backbone, cut, source with its checksum, fingerprint of the dataset, seed, version of
 * the application. All of it is written into the exported file for anyone to read, so nothing that could identify a
 * patient may be in it.
 */
export interface Provenance {
  run: string;
  /** How images were brought to the input size; whoever uses the model must do the same. */
  fit: Fit;
  [fact: string]: string;
}

const json = <T extends z.ZodType>(schema: T) =>
  z.preprocess((text) => (typeof text === 'string' ? (JSON.parse(text) as unknown) : text), schema);

/** What prediction needs of the metadata that Cutpoint writes. */
export const exportMetadata = z.object({
  producer: z.literal('cutpoint'),
  run: z.string(),
  fit,
  /** Of images without a window; missing in files of earlier versions. */
  greyScale: json(appliedScale).optional(),
  /** How the network's own probabilities were changed, which is in the weights; missing where they were not. */
  calibration: json(scaling).optional(),
  classes: json(z.array(z.string()).min(1)),
  input: json(z.object({ height: z.int().min(1), width: z.int().min(1) })),
  weightsSha256: z.string().optional(),
  /** The class that is called from a threshold on, where one was kept with the run. */
  called: z.string().optional(),
  /** sigmoid: an image may have several of the classes. Missing: one of them. */
  outputs: z.enum(['softmax', 'sigmoid']).optional(),
  threshold: z.coerce.number().optional(),
});
export type ExportMetadata = z.infer<typeof exportMetadata>;

/** By what a file decides: what was kept with its run. Null: for the most probable class. */
export const decisionOf = ({ called, threshold }: Pick<ExportMetadata, 'called' | 'threshold'>): Decision | null =>
  called === undefined || threshold === undefined ? null : { positive: called, threshold };

/**
 * All that an exported file says of itself, as text by name.
 * @param kept the threshold that it decides by; null: the most probable class
 */
export function describe(model: Model, provenance: Provenance, kept: Decision | null): Record<string, string> {
  const threshold = thresholdOf(model, kept);
  return {
    ...provenance,
    producer: 'cutpoint',
    classes: JSON.stringify(model.classes),
    decision: inWords(model, kept),
    ...(model.outputs === 'sigmoid' && { outputs: model.outputs }),
    ...(threshold !== null && { threshold: String(threshold) }),
    ...(kept !== null && { called: kept.positive, threshold: String(kept.threshold) }),
    input: JSON.stringify({ ...model.input, channels: 3, colour: 'RGB', range: [0, 255] }),
    preprocessing: JSON.stringify({ formula: formulaOf(model), insideModel: true, ...model.preprocessing }),
    weightsSha256: weightsSha256(model.weights),
  };
}

function formulaOf({ preprocessing }: Model): string {
  const value = preprocessing.grey ? '(red + green + blue) / 3' : 'value';
  return `(${value} / 255 - mean) / std`;
}

/** The probability of the positive class (the second of two) from which it is decided for; null for several classes, and for labels. */
export function thresholdOf(
  { classes, outputs }: Pick<Model, 'classes' | 'outputs'>,
  kept: Decision | null,
): number | null {
  return classes.length === 2 && outputs !== 'sigmoid' ? (kept?.threshold ?? 0.5) : null;
}

function inWords(model: Pick<Model, 'classes' | 'outputs'>, kept: Decision | null): string {
  const { classes, outputs } = model;
  if (outputs === 'sigmoid') return 'each class whose probability is at least 0.5, none or several';
  if (classes.length === 2) return `'${classes[1]}' from ${thresholdOf(model, kept)} on`;
  if (kept === null) return 'most probable class';
  return `'${kept.positive}' from ${kept.threshold} on, otherwise the most probable of the others`;
}
