// Batch normalisation with what follows it, in one pass over the image each way.
#include <cmath>

#include "compute.h"
#include "normalise.h"
#include "operation.h"
#include "operations.h"
#include "rows.h"
#include "threads.h"

namespace cutpoint {
namespace {

/// The rows of an image [n, h, w, channels], in parts of some 32 kB.
struct ImageParts : Parts {
  int64_t channels;

  explicit ImageParts(const Tensor& x) : ImageParts(x.size(), x.dim(x.rank() - 1)) {}

  const float* of(const Tensor& image, int64_t part, int which) const {
    return rowsOf(image, first(part), last(part), channels, which);
  }
  template <class Write>
  void write(const Tensor& image, int64_t part, int which, const Write& write) const {
    writeRows(image, first(part), last(part), channels, which, write);
  }

 private:
  ImageParts(int64_t values, int64_t channels)
      : Parts(channels == 0 ? 0 : values / channels, sizeFor(channels == 0 ? 0 : values / channels, channels)),
        channels(channels) {
    if (rows == 0) throw std::invalid_argument("batch normalisation of no values");
  }
  static int64_t sizeFor(int64_t rows, int64_t channels) {
    // Not so many that adding them up counts.
    const int64_t most = 256, size = channels == 0 ? 1 : 8192 / channels + 1;
    return rows / size >= most ? (rows + most - 1) / most : size;
  }
};

void apply(const Tensor& x, const Affine& affine, Activation activation, const ImageParts& parts, const Tensor& y) {
  const Compute& with = compute();
  parallel(parts.count, [&](int64_t part) {
    const float* rows = parts.of(x, part, 0);
    parts.write(y, part, 1, [&](float* to) {
      with.affine(rows, affine.scale.data(), affine.shift.data(), activation, parts.length(part), parts.channels, to);
    });
  });
}

/// Inputs: x, gamma, beta, running mean and variance; outputs: y, and those of `Moments::settle`.
class BatchNorm {
 public:
  explicit BatchNorm(Attributes& attributes) : settings_(attributes) {}

  void operator()(Call& call) const {
    const Tensor x = call.input(0);
    const ImageParts parts(x);
    const Tensor y = call.output(0, x.shape(), x.type());
    Moments moments(parts, parts.channels);
    parallel(parts.count, [&](int64_t part) { moments.find(part, parts.of(x, part, 0)); });
    apply(x, moments.settle(call, 1, 1, settings_), settings_.activation, parts, y);
  }

 private:
  NormSettings settings_;
};

/// Inputs: dy, x, gamma, beta, and the last two outputs of BatchNorm; outputs: the gradients of x, gamma and beta.
class BatchNormGradient {
 public:
  explicit BatchNormGradient(Attributes& attributes) : activation_(activationOf(attributes.text("activation"))) {}

  void operator()(Call& call) const {
    const Tensor dy = call.input(0), x = call.input(1);
    const ImageParts parts(x);
    const Tensor dx = call.output(0, x.shape(), x.type());
    NormGradient gradient(call, 2, activation_, parts, parts.channels);
    parallel(parts.count, [&](int64_t part) { gradient.add(part, parts.of(dy, part, 0), parts.of(x, part, 1)); });
    gradient.settle(call, 1);
    parallel(parts.count, [&](int64_t part) {
      const float *rows = parts.of(dy, part, 0), *at = parts.of(x, part, 1);
      parts.write(dx, part, 2, [&](float* to) { gradient.input(rows, at, parts.length(part), to); });
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
    const ImageParts parts(x);
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
