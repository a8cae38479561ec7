// Depthwise convolution and its two gradients.
#include "compute.h"
#include "operation.h"
#include "operations.h"
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
    for (int64_t i = 0; i < size; i++) {
      double sum = 0;
      for (int64_t n = 0; n < d.n; n++) sum += parts[n * size + i];
      dk.data()[i] = static_cast<float>(sum);
    }
  }
};

}  // namespace

void registerDepthwise() {
  registerOperation<Forward>({"CutpointDepthwise", Window::attributes(), {"x: float", "kernel: float"}, {"y: float"}});
  registerOperation<InputGradient>(
      {"CutpointDepthwiseInputGradient", Window::attributes(), {"dy: float", "kernel: float"}, {"dx: float"}});
  registerOperation<KernelGradient>(
      {"CutpointDepthwiseKernelGradient", Window::attributes(), {"dy: float", "x: float"}, {"dk: float"}});
}

}  // namespace cutpoint
