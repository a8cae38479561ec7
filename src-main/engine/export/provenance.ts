import type { Model } from '../../backbone/model.ts';
import type { Fit } from '../../contract/run.ts';

/**
 * Where a model comes from: run, backbone, cut, fingerprint of the dataset, seed, version of the application. All of it
 * is written into the exported file for anyone to read, so nothing that could identify a patient may be in it.
 */
export interface Provenance {
  run: string;
  /** How images were brought to the input size; whoever uses the model must do the same. */
  fit: Fit;
  [fact: string]: string;
}

/** All that an exported file says of itself, as text by name. */
export function describe(model: Model, provenance: Provenance): Record<string, string> {
  return {
    ...provenance,
    producer: 'cutpoint',
    classes: JSON.stringify(model.classes),
    input: JSON.stringify({ ...model.input, channels: 3, colour: 'RGB', range: [0, 255] }),
    preprocessing: JSON.stringify({ formula: '(value / 255 - mean) / std', insideModel: true, ...model.preprocessing }),
  };
}
