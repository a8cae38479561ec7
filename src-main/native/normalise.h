// What batch normalisation by the batch's own statistics is made of, alone or behind a convolution (Ioffe and Szegedy 2015).
#pragma once
#include <cmath>
#include <string>
#include <vector>

#include "compute.h"
#include "operation.h"
#include "threads.h"

namespace cutpoint {

inline Activation activationOf(const std::string& name) {
  if (name == "none") return Activation::none;
  if (name == "relu") return Activation::relu;
  if (name == "relu6") return Activation::relu6;
  if (name == "swish") return Activation::swish;
  if (name == "hardSwish") return Activation::hardSwish;
  throw std::invalid_argument("there is no activation " + name);
}

/// Rows, in parts of `size` and a last one: they depend on the image alone, and so do sums over them.
struct Parts {
  int64_t rows, size, count;
  Parts(int64_t rows, int64_t size) : rows(rows), size(size), count((rows + size - 1) / size) {}
  int64_t first(int64_t part) const { return part * size; }
  int64_t last(int64_t part) const { return part + 1 == count ? rows : (part + 1) * size; }
  int64_t length(int64_t part) const { return last(part) - first(part); }
};

/// How an operation that normalises is told to.
struct NormSettings {
  float epsilon, momentum;
  Activation activation;

  explicit NormSettings(Attributes& attributes)
      : epsilon(attributes.number("epsilon")),
        momentum(attributes.number("momentum")),
        activation(activationOf(attributes.text("activation"))) {}
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

/// z of rows y, all in float32.
inline void apply(const Affine& affine, Activation activation, const Parts& parts, int64_t channels, const float* y, float* z) {
  const Compute& with = compute();
  parallel(parts.count, [&](int64_t part) {
    const int64_t at = parts.first(part) * channels;
    with.affine(y + at, affine.scale.data(), affine.shift.data(), activation, parts.length(part), channels, z + at);
  });
}

/// Means and biased variances of parts, [parts, channels], each found by itself.
class Moments {
 public:
  Moments(const Parts& parts, int64_t channels)
      : parts_(parts), channels_(channels), means_(parts.count * channels), variances_(parts.count * channels) {}

  /// @param rows of the part
  void find(int64_t part, const float* rows) {
    compute().moments(rows, parts_.length(part), channels_, &means_[part * channels_], &variances_[part * channels_]);
  }

  /// What normalising comes to. Inputs, from `first` on: gamma, beta, running mean and variance; outputs, from `made` on: new
  /// running mean and (unbiased) variance, and for the gradient the batch's mean and 1 / √(variance + ε).
  Affine settle(Call& call, int first, int made, const NormSettings& settings) const {
    const Tensor gamma = call.input(first), beta = call.input(first + 1), oldMean = call.input(first + 2),
                 oldVariance = call.input(first + 3);
    const Tensor newMean = call.output(made, {channels_}), newVariance = call.output(made + 1, {channels_}),
                 mean = call.output(made + 2, {channels_}), inverse = call.output(made + 3, {channels_});
    // Moments of parts to those of the whole (Chan, Golub and LeVeque 1983).
    std::vector<double> centre(channels_, 0.0), spread(channels_, 0.0);
    double seen = 0;
    for (int64_t part = 0; part < parts_.count; part++) {
      const double more = static_cast<double>(parts_.length(part)), all = seen + more;
      const double share = more / all, weight = seen * share;
      for (int64_t c = 0; c < channels_; c++) {
        const double difference = means_[part * channels_ + c] - centre[c];
        spread[c] += variances_[part * channels_ + c] * more + difference * difference * weight;
        centre[c] += difference * share;
      }
      seen = all;
    }
    for (int64_t c = 0; c < channels_; c++) {
      const double variance = spread[c] / seen, unbiased = spread[c] / (seen > 1 ? seen - 1 : 1);
      mean.data()[c] = static_cast<float>(centre[c]);
      inverse.data()[c] = static_cast<float>(1.0 / std::sqrt(variance + settings.epsilon));
      newMean.data()[c] = static_cast<float>(settings.momentum * oldMean.data()[c] + (1.0 - settings.momentum) * centre[c]);
      newVariance.data()[c] = static_cast<float>(settings.momentum * oldVariance.data()[c] + (1.0 - settings.momentum) * unbiased);
    }
    return Affine(gamma.data(), beta.data(), mean.data(), inverse.data(), channels_);
  }

 private:
  Parts parts_;
  int64_t channels_;
  std::vector<float> means_, variances_;
};

/// The gradient of what was normalised, dx = scale g + slope x + offset with g that of the affine map's output, once its sums
/// over all rows are known.
class NormGradient {
 public:
  /// Inputs, from `first` on: gamma, beta, and the batch's mean and 1 / √(variance + ε).
  NormGradient(Call& call, int first, Activation activation, const Parts& parts, int64_t channels)
      : parts_(parts),
        channels_(channels),
        activation_(activation),
        mean_(call.input(first + 2)),
        inverse_(call.input(first + 3)),
        affine_(call.input(first).data(), call.input(first + 1).data(), mean_.data(), inverse_.data(), channels),
        sums_(parts.count * channels),
        products_(parts.count * channels),
        slope_(channels),
        offset_(channels) {}

  /// @param dy, x rows of the part
  void add(int64_t part, const float* dy, const float* x) {
    compute().gradientSums(dy, x, affine_.scale.data(), affine_.shift.data(), mean_.data(), activation_, parts_.length(part),
                           channels_, &sums_[part * channels_], &products_[part * channels_]);
  }

  /// When all parts were added; outputs, from `made` on: the gradients of gamma and beta.
  void settle(Call& call, int made) {
    const Tensor dgamma = call.output(made, {channels_}), dbeta = call.output(made + 1, {channels_});
    // dx = scale (g - mean of g - normalised x · mean of g · normalised x), written as scale g + slope x + offset.
    for (int64_t c = 0; c < channels_; c++) {
      double sum = 0, product = 0;
      for (int64_t part = 0; part < parts_.count; part++) {
        sum += sums_[part * channels_ + c];
        product += products_[part * channels_ + c];
      }
      product *= inverse_.data()[c];
      dbeta.data()[c] = static_cast<float>(sum);
      dgamma.data()[c] = static_cast<float>(product);
      const double share = affine_.scale[c] / static_cast<double>(parts_.rows), steep = -share * product * inverse_.data()[c];
      slope_[c] = static_cast<float>(steep);
      offset_[c] = static_cast<float>(-share * sum - steep * mean_.data()[c]);
    }
  }

  /// After `settle`: of any rows.
  void input(const float* dy, const float* x, int64_t rows, float* dx) const {
    compute().gradientInput(dy, x, affine_.scale.data(), affine_.shift.data(), slope_.data(), offset_.data(), activation_,
                            rows, channels_, dx);
  }

 private:
  Parts parts_;
  int64_t channels_;
  Activation activation_;
  Tensor mean_, inverse_;
  Affine affine_;
  std::vector<float> sums_, products_, slope_, offset_;
};

/// Registers a convolution with the batch normalisation behind it, and the gradient of both.
/// @param own attributes of the convolution
template <class Forward, class Gradient>
void registerNormalised(const char* name, const char* gradientName, const std::vector<const char*>& own) {
  const auto with = [&](std::vector<const char*> others) {
    others.insert(others.end(), own.begin(), own.end());
    return others;
  };
  registerOperation<Forward>(
      {name,
       with({"epsilon: float", "momentum: float", "activation: string"}),
       {"x: float", "kernel: float", "gamma: float", "beta: float", "mean: float", "variance: float"},
       {"y: float", "z: float", "new_mean: float", "new_variance: float", "batch_mean: float", "inverse: float"}});
  registerOperation<Gradient>(
      {gradientName,
       with({"activation: string", "wants_input: bool"}),
       {"dz: float", "x: float", "kernel: float", "y: float", "gamma: float", "beta: float", "mean: float", "inverse: float"},
       {"dx: float", "dk: float", "dgamma: float", "dbeta: float"}});
}

}  // namespace cutpoint
