// What the kernels compute, as tables of functions: one for each kind of processor, from the same sources. Images are NHWC, and
// computed with in float32.
#pragma once
#include <cstdint>

namespace cutpoint {

/// What follows batch normalisation in one pass.
enum class Activation { none, relu, relu6, swish, hardSwish };

/// A depthwise convolution, or a pooling: [n, height, width, channels] to [n, outHeight, outWidth, channels].
struct Sliding {
  int64_t n, height, width, channels, outHeight, outWidth;
  int64_t kernelHeight, kernelWidth, strideHeight, strideWidth, top, left;
};

/// Value (i, j) is at data[i rowStep + j columnStep].
struct Matrix {
  const float* data;
  int64_t rowStep, columnStep;
};

struct AdamSettings {
  float beta1, beta2, epsilon, weightDecay;
};

struct MomentumSettings {
  float momentum, weightDecay;
  bool nesterov;
};

struct Compute {
  /// For channel c: `mean[c]` and the biased `variance[c]` of the rows [rows, channels] of `x`, in one pass over values shifted
  /// by the first row, so that a large mean costs no digits.
  void (*moments)(const float* x, int64_t rows, int64_t channels, float* mean, float* variance);
  /// y = activation(scale x + shift).
  void (*affine)(const float* x, const float* scale, const float* shift, Activation activation, int64_t rows,
                 int64_t channels, float* y);
  /// With g = dy activation'(scale x + shift): sums over the rows of g, and of g (x - mean), by channel.
  void (*gradientSums)(const float* dy, const float* x, const float* scale, const float* shift, const float* mean,
                       Activation activation, int64_t rows, int64_t channels, float* sum, float* product);
  /// dx = scale g + slope x + offset, with g as above.
  void (*gradientInput)(const float* dy, const float* x, const float* scale, const float* shift, const float* slope,
                        const float* offset, Activation activation, int64_t rows, int64_t channels, float* dx);

  /// One row of outputs: image n, output row `row`.
  void (*depthwise)(const float* x, const float* kernel, const Sliding& d, int64_t n, int64_t row, float* y);
  /// One row of the input's gradient: image n, input row `row`.
  void (*depthwiseInput)(const float* dy, const float* kernel, const Sliding& d, int64_t n, int64_t row, float* dx);
  /// The kernel's gradient from image n alone, [kernelHeight, kernelWidth, channels].
  void (*depthwiseKernel)(const float* dy, const float* x, const Sliding& d, int64_t n, float* dk);

  /// c = a b, with a [rows, depth] and b [depth, columns], or c + a b; rows of c are cStep apart.
  void (*product)(const Matrix& a, const Matrix& b, int64_t rows, int64_t columns, int64_t depth, float* c, int64_t cStep,
                  bool add);

  /// dx = dy scale, and the sum over the rows of dy x, by channel.
  void (*exciteGradient)(const float* dy, const float* x, const float* scale, int64_t rows, int64_t channels, float* dx,
                         float* dscale);

  /// The gradient of image n at the input of a max pooling; of equal values in a window the first takes it.
  void (*maxPoolGradient)(const float* dy, const float* x, const float* y, const Sliding& d, int64_t n, float* dx);

  /// From bfloat16, the upper half of a float32, and to it, the nearest one (of two the even one).
  void (*widen)(const uint16_t* from, int64_t count, float* to);
  void (*narrow)(const float* from, int64_t count, uint16_t* to);

  /// Kingma and Ba 2015; `rate` has the bias corrections in it.
  void (*adam)(float* p, float* m, float* v, const float* g, float rate, const AdamSettings& settings, int64_t count);
  /// p -= rate a, with a = momentum a + g; with Nesterov's look ahead p -= rate (g + momentum a).
  void (*momentum)(float* p, float* a, const float* g, float rate, const MomentumSettings& settings, int64_t count);
};

/// The fastest that this processor has.
const Compute& compute();
/// Its name, for people: `plain`, `avx2`, `avx512`.
const char* computeName();

}  // namespace cutpoint
