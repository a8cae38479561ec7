import { z } from 'zod';
import { decision, LABEL_FROM, type Decision } from '../../contract/decision.ts';
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
  /** Of several labels, those that are called from another threshold than one half on. */
  thresholds: json(z.array(decision)).optional(),
  /** sigmoid: an image may have several of the classes. Missing: one of them. */
  outputs: z.enum(['softmax', 'sigmoid']).optional(),
  threshold: z.coerce.number().optional(),
});
export type ExportMetadata = z.infer<typeof exportMetadata>;

/** By what a file decides: what was kept with its run. None: for the most probable class, or each label from one half on. */
export const decisionsOf = ({
  called,
  threshold,
  thresholds = [],
}: Pick<ExportMetadata, 'called' | 'threshold' | 'thresholds'>): Decision[] =>
  called === undefined || threshold === undefined ? thresholds : [{ positive: called, threshold }];

/**
 * All that an exported file says of itself, as text by name.
 * @param kept the thresholds that it decides by; none: the most probable class, or each label from one half on
 */
export function describe(model: Model, provenance: Provenance, kept: readonly Decision[]): Record<string, string> {
  const threshold = thresholdOf(model, kept);
  return {
    ...provenance,
    producer: 'cutpoint',
    classes: JSON.stringify(model.classes),
    decision: inWords(model, kept),
    ...(model.outputs === 'sigmoid' && { outputs: model.outputs }),
    ...(threshold !== null && { threshold: String(threshold) }),
    ...decidedBy(model, kept),
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
  [kept]: readonly Decision[],
): number | null {
  return classes.length === 2 && outputs !== 'sigmoid' ? (kept?.threshold ?? 0.5) : null;
}

/** What is read again by `decisionsOf`. */
function decidedBy({ outputs }: Model, kept: readonly Decision[]): Record<string, string> {
  const [first] = kept;
  if (!first) return {};
  if (outputs === 'sigmoid') return { thresholds: JSON.stringify(kept.map(({ positive, threshold }) => ({ positive, threshold }))) }; // prettier-ignore
  return { called: first.positive, threshold: String(first.threshold) };
}

function inWords(model: Pick<Model, 'classes' | 'outputs'>, all: readonly Decision[]): string {
  const [kept] = all;
  const { classes, outputs } = model;
  if (outputs === 'sigmoid') return [`each class from a probability of ${LABEL_FROM} on, none or several`, ...all.map(({ positive, threshold }) => `'${positive}' from ${threshold} on`)].join('; '); // prettier-ignore
  if (classes.length === 2) return `'${classes[1]}' from ${thresholdOf(model, all)} on`;
  if (!kept) return 'most probable class';
  return `'${kept.positive}' from ${kept.threshold} on, otherwise the most probable of the others`;
}
