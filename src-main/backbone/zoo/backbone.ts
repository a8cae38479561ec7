import type { Graph } from '../graph.ts';
import type { Preprocessing } from '../model.ts';

/** Whose layer names and numerics a backbone follows. */
export type Dialect = 'torchvision' | 'keras';

const LIBRARIES: Readonly<Record<Dialect, string>> = { torchvision: 'torchvision', keras: 'Keras' };

/** Whose layer names a backbone has, in words. */
export const libraryOf = ({ dialect, library }: Pick<Backbone, 'dialect' | 'library'>): string =>
  library ?? LIBRARIES[dialect];

/** How the published code draws the weights of convolutions, and of dense layers before the head, before any training. */
export type Initialisation =
  | 'heNormalFanOut'
  | 'heNormalFanIn'
  | 'glorotUniform'
  | 'torchDefault'
  | 'normalTenth'
  | 'truncatedNormalFanOut'
  | 'normalFiftieth';

/** One row of the zoo. */
export interface Backbone {
  /** Torchvision's names are plain, Keras's end in `_keras`. */
  name: string;
  title: string;
  family: string;
  dialect: Dialect;
  /** Whose layer names they are, where the library of the dialect has no such network. */
  library?: string;
  /** Where the architecture was published. */
  paper: string;
  /** Side of the square image that the published weights were trained on, in pixels. */
  input: number;
  /** What the published weights expect. */
  preprocessing: Preprocessing;
  /** Of the published weights (default: red first); where it is `bgr`, the importer turns the first convolution over. */
  channelOrder?: 'rgb' | 'bgr';
  initialisation: Initialisation;
  /** The graph, from the image to the last feature map: no pooling, no classifier. */
  build(): Graph;
  /**
   * The same, and behind it the hidden dense layers of the published classifier, in a block of their own: where published
   * features were taken from them. They take maps of the size that the reference input leaves. Left out: it has none.
   */
  withDense?(): Graph;
  /**
   * The network as published, with its classifier of 1000 classes (and auxiliary ones) behind the nodes of `build` (and `withDense`): what
   * its parameters are counted on, and which tensors of a checkpoint are its classifier's.
   */
  published(): Graph;
}

/** The block of the dense layers that may be cut. */
export const DENSE = 'dense';

/** Channel statistics of ImageNet, which torchvision's weights expect. */
export const IMAGENET: Preprocessing = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

/** Keras's `caffe` mode: ImageNet's mean subtracted from 0 to 255, without scaling; its weights take blue first. */
export const CAFFE: Preprocessing = {
  mean: [123.68 / 255, 116.779 / 255, 103.939 / 255],
  std: [1 / 255, 1 / 255, 1 / 255],
};

/** From -1 to 1, which Keras's `tf` mode weights expect. */
export const MINUS_ONE_TO_ONE: Preprocessing = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] };
