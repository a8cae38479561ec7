import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { ActivationKind, Pair } from '../../backbone/graph.ts';

/** A sliding window with its padding resolved to pixels. */
export interface Window {
  kernel: Pair;
  stride: Pair;
  padding: { top: number; bottom: number; left: number; right: number };
}

/** Output and what its gradient needs; `saved` is disposed of by whoever runs the gradient. */
export interface BatchNormResult {
  output: Tensor4D;
  /** Running statistics after this batch, [channels]. */
  mean: Tensor1D;
  variance: Tensor1D;
  /** Batch statistics in the engine's own form. */
  saved: Tensor[];
}

/** Convolutions that an engine may join with the batch normalisation behind them. */
export type NormalisedKind = 'pointwise' | 'depthwise';

/** A convolution without bias and the batch normalisation behind it, as one operation each way. */
export interface NormalisedConvolution {
  /** As `batchNorm` of the convolution's output, which `convolved` is; the caller's, too. */
  forward(
    x: Tensor4D,
    kernel: Tensor4D,
    window: Window,
    parameters: BatchNormParameters,
    options: { epsilon: number; momentum: number; activation?: ActivationKind | undefined },
  ): BatchNormResult & { convolved: Tensor4D };
  /** @param options.wantsInput whether the gradient of `x` is asked for; null without */
  gradient(
    dy: Tensor4D,
    forward: { x: Tensor4D; kernel: Tensor4D; convolved: Tensor4D },
    parameters: BatchNormParameters,
    options: { window: Window; saved: Tensor[]; wantsInput: boolean; activation?: ActivationKind | undefined },
  ): { x: Tensor4D | null; kernel: Tensor4D; gamma: Tensor1D; beta: Tensor1D };
}

/**
 * The operations in which engines differ: what TensorFlow has as one fused kernel and others do not. Tensors are NHWC
 * float32; results belong to the caller, inputs stay the caller's. Each has a plain form in `plain.ts` that every
 * engine can run; tests hold the fused forms equal to it in value and gradient.
 */
export interface Ops {
  /** A kernel [h, w, in / groups, out] that is narrower than the image convolves it in groups. */
  conv2d(x: Tensor4D, kernel: Tensor4D, window: Window): Tensor4D;
  conv2dInputGradient(dy: Tensor4D, kernel: Tensor4D, x: Tensor4D, window: Window): Tensor4D;
  /** [h, w, in / groups, out] */
  conv2dKernelGradient(dy: Tensor4D, kernel: Tensor4D, x: Tensor4D, window: Window): Tensor4D;

  depthwiseConv2d(x: Tensor4D, kernel: Tensor4D, window: Window): Tensor4D;
  depthwiseConv2dInputGradient(dy: Tensor4D, kernel: Tensor4D, x: Tensor4D, window: Window): Tensor4D;
  /** [h, w, channels, 1] */
  depthwiseConv2dKernelGradient(dy: Tensor4D, kernel: Tensor4D, x: Tensor4D, window: Window): Tensor4D;

  /** Activations that batch normalisation computes along, in the same pass over the image. */
  readonly takesAlong: ReadonlySet<ActivationKind>;
  /**
   * Batch normalisation by the batch's own statistics (Ioffe and Szegedy 2015).
   * @param options.momentum share of the old running statistics that is kept, [0, 1]; the batch's variance enters unbiased
   * @param options.activation one of `takesAlong`, of what was normalised
   */
  batchNorm(
    x: Tensor4D,
    parameters: BatchNormParameters,
    options: { epsilon: number; momentum: number; activation?: ActivationKind | undefined },
  ): BatchNormResult;
  batchNormGradient(
    dy: Tensor4D,
    x: Tensor4D,
    parameters: BatchNormParameters,
    options: { epsilon: number; saved: Tensor[]; activation?: ActivationKind | undefined },
  ): { x: Tensor4D; gamma: Tensor1D; beta: Tensor1D };
  /** Kinds of convolution that are joined with the batch normalisation behind them. */
  readonly normalised: Partial<Record<NormalisedKind, NormalisedConvolution>>;
  /** Batch normalisation by stored statistics. */
  batchNormInference(
    x: Tensor4D,
    parameters: BatchNormParameters,
    options: { epsilon: number; activation?: ActivationKind | undefined },
  ): Tensor4D;

  /** The gradient of x [n, h, w, c] times a scale [n, 1, 1, c], by both (squeeze and excitation, Hu et al. 2018). */
  exciteGradient(dy: Tensor4D, x: Tensor4D, scale: Tensor4D): { x: Tensor4D; scale: Tensor4D };

  /** max(x, 0), at most `cap` where given. */
  relu<T extends Tensor>(x: T, cap?: 6): T;
  /** @param output of the forward pass */
  reluGradient<T extends Tensor>(dy: T, output: T, cap?: 6): T;

  /** Padding never wins: it counts as minus infinity. */
  maxPool(x: Tensor4D, window: Window): Tensor4D;
  maxPoolGradient(dy: Tensor4D, x: Tensor4D, output: Tensor4D, window: Window): Tensor4D;

  /** Mean over the window; padding counts as zeros. */
  averagePool(x: Tensor4D, window: Window): Tensor4D;
  averagePoolGradient(dy: Tensor4D, x: Tensor4D, window: Window): Tensor4D;

  /**
   * Resamples each image of a batch by an affine map, bilinear, zero outside.
   * @param maps [n, 8]: the output at (x, y) takes the input at (a0 x + a1 y + a2, a3 x + a4 y + a5); a6 = a7 = 0
   */
  warp(images: Tensor4D, maps: Tensor2D): Tensor4D;

  /**
   * Eigenvalues, the smallest first, and eigenvectors, as columns, of a symmetric matrix. Errors are of the size of the
   * rounding of the largest value.
   */
  symmetricEigen(x: Tensor2D): { values: Tensor1D; vectors: Tensor2D };
}

export interface BatchNormParameters {
  gamma: Tensor1D;
  beta: Tensor1D;
  mean: Tensor1D;
  variance: Tensor1D;
}
