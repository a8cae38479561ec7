import type { Graph } from '../graph.ts';
import type { Preprocessing } from '../model.ts';

/** Whose layer names and numerics a backbone follows. */
export type Dialect = 'torchvision' | 'keras';

/** How the published code draws the weights of convolutions before any training. */
export type Initialisation = 'heNormalFanOut' | 'glorotUniform';

/** One row of the zoo. */
export interface Backbone {
  /** Torchvision's names are plain, Keras's end in `_keras`. */
  name: string;
  title: string;
  family: string;
  dialect: Dialect;
  /** Where the architecture was published. */
  paper: string;
  /** Side of the square image that the published weights were trained on, in pixels. */
  input: number;
  /** What the published weights expect. */
  preprocessing: Preprocessing;
  initialisation: Initialisation;
  /** The graph, from the image to the last feature map: no pooling, no classifier. */
  build(): Graph;
}

/** Channel statistics of ImageNet, which torchvision's weights expect. */
export const IMAGENET: Preprocessing = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

/** From -1 to 1, which Keras's `tf` mode weights expect. */
export const MINUS_ONE_TO_ONE: Preprocessing = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] };
