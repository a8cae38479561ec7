// Batch normalisation with what follows it, in one pass over the image each way.
#include <cmath>

#include "compute.h"
#include "operation.h"
#include "operations.h"
#include "rows.h"
#include "threads.h"

namespace cutpoint {
namespace {

Activation activationOf(const std::string& name) {
  if (name == "none") return Activation::none;
  if (name == "relu") return Activation::relu;
  if (name == "relu6") return Activation::relu6;
  if (name == "swish") return Activation::swish;
  if (name == "hardSwish") return Activation::hardSwish;
  throw std::invalid_argument("there is no activation " + name);
}

/// The rows of an image [n, h, w, channels], and parts of them of some 32 kB: they depend on the image alone, and so do sums
/// over them.
struct Parts {
  int64_t rows, channels, size, count;

  explicit Parts(const Tensor& x) {
    channels = x.dim(x.rank() - 1);
    rows = channels == 0 ? 0 : x.size() / channels;
    if (rows == 0) throw std::invalid_argument("batch normalisation of no values");
    size = 8192 / channels + 1;
    // Not so many that adding them up counts.
    const int64_t most = 256;
    if (rows / size >= most) size = (rows + most - 1) / most;
    count = (rows + size - 1) / size;
  }
  int64_t first(int64_t part) const { return part * size; }
  int64_t last(int64_t part) const { return part + 1 == count ? rows : (part + 1) * size; }
  int64_t length(int64_t part) const { return last(part) - first(part); }

  const float* of(const Tensor& image, int64_t part, int which) const {
    return rowsOf(image, first(part), last(part), channels, which);
  }
  template <class Write>
  void write(const Tensor& image, int64_t part, int which, const Write& write) const {
    writeRows(image, first(part), last(part), channels, which, write);
  }
};

/// y = scale x + shift is what normalising comes to.
struct Affine {
  std::vector<float> scale, shift;

  /// @param inverse 1 / √(variance + ε)
  Affine(const float* gamma, const float* beta, const float* mean, const float* inverse, int64_t channels)
      : scale(channels), shift(channels) {
    for (int64_t c = 0; c < channels; c++) {
      scale[c] = gamma[c] * inverse[c];
      shift[c] = beta[c] - mean[c] * scale[c];
    }
  }
};

void apply(const Tensor& x, const Affine& affine, Activation activation, const Parts& parts, const Tensor& y) {
  const Compute& with = compute();
  parallel(parts.count, [&](int64_t part) {
    const float* rows = parts.of(x, part, 0);
    parts.write(y, part, 1, [&](float* to) {
      with.affine(rows, affine.scale.data(), affine.shift.data(), activation, parts.length(part), parts.channels, to);
    });
  });
}

/// By the batch's own statistics (Ioffe and Szegedy 2015). Inputs: x, gamma, beta, running mean and variance; outputs: y, new
/// running mean and (unbiased) variance, and for the gradient the batch's mean and 1 / √(variance + ε).
class BatchNorm {
 public:
  explicit BatchNorm(Attributes& attributes)
      : epsilon_(attributes.number("epsilon")),
        momentum_(attributes.number("momentum")),
        activation_(activationOf(attributes.text("activation"))) {}

  void operator()(Call& call) const {
    const Tensor x = call.input(0), gamma = call.input(1), beta = call.input(2), oldMean = call.input(3),
                 oldVariance = call.input(4);
    const Parts parts(x);
    const int64_t channels = parts.channels;
    const Tensor y = call.output(0, x.shape(), x.type()), newMean = call.output(1, {channels}),
                 newVariance = call.output(2, {channels}), mean = call.output(3, {channels}),
                 inverse = call.output(4, {channels});

    std::vector<float> means(parts.count * channels), variances(parts.count * channels);
    const Compute& with = compute();
    parallel(parts.count, [&](int64_t part) {
      with.moments(parts.of(x, part, 0), parts.length(part), channels, &means[part * channels],
                   &variances[part * channels]);
    });
    // Moments of parts to those of the whole (Chan, Golub and LeVeque 1983).
    std::vector<double> centre(channels, 0.0), spread(channels, 0.0);
    double seen = 0;
    for (int64_t part = 0; part < parts.count; part++) {
      const double more = static_cast<double>(parts.length(part)), all = seen + more;
      for (int64_t c = 0; c < channels; c++) {
        const double difference = means[part * channels + c] - centre[c];
        spread[c] += variances[part * channels + c] * more + difference * difference * (seen * more / all);
        centre[c] += difference * (more / all);
      }
      seen = all;
    }
    for (int64_t c = 0; c < channels; c++) {
      const double variance = spread[c] / seen, unbiased = spread[c] / (seen > 1 ? seen - 1 : 1);
      mean.data()[c] = static_cast<float>(centre[c]);
      inverse.data()[c] = static_cast<float>(1.0 / std::sqrt(variance + epsilon_));
      newMean.data()[c] = static_cast<float>(momentum_ * oldMean.data()[c] + (1.0 - momentum_) * centre[c]);
      newVariance.data()[c] = static_cast<float>(momentum_ * oldVariance.data()[c] + (1.0 - momentum_) * unbiased);
    }
    apply(x, Affine(gamma.data(), beta.data(), mean.data(), inverse.data(), channels), activation_, parts, y);
  }

 private:
  float epsilon_, momentum_;
  Activation activation_;
};

/// Inputs: dy, x, gamma, beta, and the last two outputs of BatchNorm; outputs: the gradients of x, gamma and beta.
class BatchNormGradient {
 public:
  explicit BatchNormGradient(Attributes& attributes) : activation_(activationOf(attributes.text("activation"))) {}

  void operator()(Call& call) const {
    const Tensor dy = call.input(0), x = call.input(1), gamma = call.input(2), beta = call.input(3),
                 mean = call.input(4), inverse = call.input(5);
    const Parts parts(x);
    const int64_t channels = parts.channels;
    const Tensor dx = call.output(0, x.shape(), x.type()), dgamma = call.output(1, {channels}), dbeta = call.output(2, {channels});
    const Affine affine(gamma.data(), beta.data(), mean.data(), inverse.data(), channels);
    const float *scale = affine.scale.data(), *shift = affine.shift.data();

    std::vector<float> sums(parts.count * channels), products(parts.count * channels);
    const Compute& with = compute();
    parallel(parts.count, [&](int64_t part) {
      with.gradientSums(parts.of(dy, part, 0), parts.of(x, part, 1), scale, shift, mean.data(), activation_,
                        parts.length(part), channels, &sums[part * channels], &products[part * channels]);
    });
    // dx = scale (g - mean of g - normalised x · mean of g · normalised x), written as scale g + slope x + offset.
    std::vector<float> slope(channels), offset(channels);
    for (int64_t c = 0; c < channels; c++) {
      double sum = 0, product = 0;
      for (int64_t part = 0; part < parts.count; part++) {
        sum += sums[part * channels + c];
        product += products[part * channels + c];
      }
      product *= inverse.data()[c];
      dbeta.data()[c] = static_cast<float>(sum);
      dgamma.data()[c] = static_cast<float>(product);
      const double share = scale[c] / static_cast<double>(parts.rows), steep = -share * product * inverse.data()[c];
      slope[c] = static_cast<float>(steep);
      offset[c] = static_cast<float>(-share * sum - steep * mean.data()[c]);
    }
    parallel(parts.count, [&](int64_t part) {
      const float *rows = parts.of(dy, part, 0), *at = parts.of(x, part, 1);
      parts.write(dx, part, 2, [&](float* to) {
        with.gradientInput(rows, at, scale, shift, slope.data(), offset.data(), activation_, parts.length(part), channels,
                           to);
      });
    });
  }

 private:
  Activation activation_;
};

/// By stored statistics. Inputs: x, gamma, beta, mean, variance; output: y.
class BatchNormInference {
 public:
  explicit BatchNormInference(Attributes& attributes)
      : epsilon_(attributes.number("epsilon")), activation_(activationOf(attributes.text("activation"))) {}

  void operator()(Call& call) const {
    const Tensor x = call.input(0), gamma = call.input(1), beta = call.input(2), mean = call.input(3),
                 variance = call.input(4);
    const Parts parts(x);
    const Tensor y = call.output(0, x.shape(), x.type());
    std::vector<float> inverse(parts.channels);
    for (int64_t c = 0; c < parts.channels; c++)
      inverse[c] = static_cast<float>(1.0 / std::sqrt(static_cast<double>(variance.data()[c]) + epsilon_));
    apply(x, Affine(gamma.data(), beta.data(), mean.data(), inverse.data(), parts.channels), activation_, parts, y);
  }

 private:
  float epsilon_;
  Activation activation_;
};

}  // namespace

void registerBatchNorm() {
  const std::vector<const char*> parameters = {"x: T", "gamma: float", "beta: float", "mean: float", "variance: float"};
  registerOperation<BatchNorm>({"CutpointBatchNorm",
                                {"epsilon: float", "momentum: float", "activation: string", IMAGE_TYPE},
                                parameters,
                                {"y: T", "new_mean: float", "new_variance: float", "batch_mean: float", "inverse: float"}});
  registerOperation<BatchNormGradient>({"CutpointBatchNormGradient",
                                        {"activation: string", IMAGE_TYPE},
                                        {"dy: T", "x: T", "gamma: float", "beta: float", "mean: float", "inverse: float"},
                                        {"dx: T", "dgamma: float", "dbeta: float"}});
  registerOperation<BatchNormInference>(
      {"CutpointBatchNormInference", {"epsilon: float", "activation: string", IMAGE_TYPE}, parameters, {"y: T"}});
}

}  // namespace cutpoint
