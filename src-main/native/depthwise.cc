// Depthwise convolution and its two gradients; alone, and with the batch normalisation behind it.
#include <algorithm>

#include "compute.h"
#include "normalise.h"
#include "operation.h"
#include "operations.h"
#include "rows.h"
#include "sums.h"
#include "threads.h"
#include "window.h"

namespace cutpoint {
namespace {

/// Inputs: x, kernel [h, w, channels, 1]; output: y. `sizes`: of y.
class Forward : Window {
 public:
  using Window::Window;
  void operator()(Call& call) const {
    const Tensor x = call.input(0), kernel = call.input(1);
    const Sliding d = forImage(x);
    const Tensor y = call.output(0, {d.n, d.outHeight, d.outWidth, d.channels});
    const Compute& with = compute();
    parallel(d.n * d.outHeight, [&](int64_t i) {
      with.depthwise(x.data(), kernel.data(), d, i / d.outHeight, i % d.outHeight, y.data());
    });
  }
};

/// Inputs: dy, kernel; output: dx. `sizes`: of x.
class InputGradient : Window {
 public:
  using Window::Window;
  void operator()(Call& call) const {
    const Tensor dy = call.input(0), kernel = call.input(1);
    const Sliding d = forOutput(dy);
    const Tensor dx = call.output(0, {d.n, d.height, d.width, d.channels});
    const Compute& with = compute();
    parallel(d.n * d.height, [&](int64_t i) {
      with.depthwiseInput(dy.data(), kernel.data(), d, i / d.height, i % d.height, dx.data());
    });
  }
};

/// Inputs: dy, x; output: the gradient of the kernel [h, w, channels, 1]. `sizes`: of y.
class KernelGradient : Window {
 public:
  using Window::Window;
  void operator()(Call& call) const {
    const Tensor dy = call.input(0), x = call.input(1);
    const Sliding d = forImage(x);
    const Tensor dk = call.output(0, {d.kernelHeight, d.kernelWidth, d.channels, 1});
    const int64_t size = dk.size();
    std::vector<float> parts(d.n * size);
    const Compute& with = compute();
    parallel(d.n, [&](int64_t n) { with.depthwiseKernel(dy.data(), x.data(), d, n, &parts[n * size]); });
    addUp(parts, d.n, size, dk.data());
  }
};

/// The pixels of all outputs, in parts of whole rows, of some 64 kB.
Parts bands(const Sliding& d) {
  const int64_t tall = std::max<int64_t>(1, 16384 / (d.outWidth * d.channels));
  return Parts(d.n * d.outHeight * d.outWidth, tall * d.outWidth);
}

/// With the batch normalisation behind it. Inputs: x, kernel, gamma, beta, running mean and variance; outputs: the convolution's
/// own, what was normalised, and those of `Moments::settle`. `sizes`: of the first two.
class Normalised : Window {
 public:
  explicit Normalised(Attributes& attributes) : Window(attributes), settings_(attributes) {}

  void operator()(Call& call) const {
    const Tensor x = call.input(0), kernel = call.input(1);
    const Sliding d = forImage(x);
    const Tensor y = call.output(0, {d.n, d.outHeight, d.outWidth, d.channels}), z = call.output(1, y.shape());
    const Parts pixels = bands(d);
    Moments moments(pixels, d.channels);
    const Compute& with = compute();
    parallel(pixels.count, [&](int64_t part) {
      for (int64_t i = pixels.first(part) / d.outWidth; i < pixels.last(part) / d.outWidth; i++)
        with.depthwise(x.data(), kernel.data(), d, i / d.outHeight, i % d.outHeight, y.data());
      moments.find(part, y.data() + pixels.first(part) * d.channels);
    });
    apply(moments.settle(call, 2, 2, settings_), settings_.activation, pixels, d.channels, y.data(), z.data());
  }

 private:
  NormSettings settings_;
};

/// Inputs: the gradient of what was normalised, x, kernel, the convolution's own output, gamma, beta, and the last two outputs of
/// Normalised; outputs: the gradients of x (empty where it is not wanted), kernel, gamma and beta. That of the convolution's
/// output is never stored whole. `sizes`: of dz.
class NormalisedGradient : Window {
 public:
  explicit NormalisedGradient(Attributes& attributes)
      : Window(attributes),
        activation_(activationOf(attributes.text("activation"))),
        wantsInput_(attributes.flag("wants_input")) {}

  void operator()(Call& call) const {
    const Tensor dz = call.input(0), x = call.input(1), kernel = call.input(2), y = call.input(3);
    const Sliding d = forImage(x);
    const Tensor dx = call.output(0, wantsInput_ ? x.shape() : std::vector<int64_t>{0}),
                 dk = call.output(1, kernel.shape());
    const Parts pixels = bands(d);
    NormGradient gradient(call, 4, activation_, pixels, d.channels);
    parallel(pixels.count, [&](int64_t part) {
      const int64_t at = pixels.first(part) * d.channels;
      gradient.add(part, dz.data() + at, y.data() + at);
    });
    gradient.settle(call, 2);

    const int64_t outputs = d.outHeight * d.outWidth, size = dk.size();
    std::vector<float> partial(d.n * size);
    const Compute& with = compute();
    parallel(d.n, [&](int64_t n) {
      const int64_t at = n * outputs * d.channels, from = n * d.height * d.width * d.channels;
      float* const dy = scratch(0, outputs * d.channels);
      gradient.input(dz.data() + at, y.data() + at, outputs, dy);
      if (wantsInput_)
        for (int64_t row = 0; row < d.height; row++)
          with.depthwiseInput(dy, kernel.data(), d, 0, row, dx.data() + from);
      with.depthwiseKernel(dy, x.data() + from, d, 0, &partial[n * size]);
    });
    addUp(partial, d.n, size, dk.data());
  }

 private:
  Activation activation_;
  bool wantsInput_;
};

}  // namespace

void registerDepthwise() {
  registerOperation<Forward>({"CutpointDepthwise", Window::attributes(), {"x: float", "kernel: float"}, {"y: float"}});
  registerOperation<InputGradient>(
      {"CutpointDepthwiseInputGradient", Window::attributes(), {"dy: float", "kernel: float"}, {"dx: float"}});
  registerOperation<KernelGradient>(
      {"CutpointDepthwiseKernelGradient", Window::attributes(), {"dy: float", "x: float"}, {"dk: float"}});
  registerNormalised<Normalised, NormalisedGradient>("CutpointDepthwiseNorm", "CutpointDepthwiseNormGradient",
                                                     Window::attributes());
}

}  // namespace cutpoint
