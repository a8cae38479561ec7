// Max pooling's gradient, and taking out pixels that lie some apart, with the way back.
#include <algorithm>

#include "compute.h"
#include "operation.h"
#include "operations.h"
#include "threads.h"
#include "window.h"

namespace cutpoint {
namespace {

/// Inputs: dy, x, y; output: dx. `sizes`: of y.
class MaxPoolGradient : Window {
 public:
  using Window::Window;
  void operator()(Call& call) const {
    const Tensor dy = call.input(0), x = call.input(1), y = call.input(2);
    const Sliding d = forImage(x);
    const Tensor dx = call.output(0, x.shape());
    const Compute& with = compute();
    parallel(d.n, [&](int64_t n) { with.maxPoolGradient(dy.data(), x.data(), y.data(), d, n, dx.data()); });
  }
};

/// Calls `with(at in the whole image, at in the part)` for each row of pixels of an image that are met.
template <class With>
void overRows(const Sliding& d, const With& with) {
  parallel(d.n * d.outHeight, [&](int64_t i) {
    const int64_t n = i / d.outHeight, row = i % d.outHeight;
    with((n * d.height + row * d.strideHeight) * d.width * d.channels, i * d.outWidth * d.channels);
  });
}

/// Pixels that lie a stride apart. Input: x; output: y. `sizes`: of y.
class TakePixels : Window {
 public:
  using Window::Window;
  void operator()(Call& call) const {
    const Tensor x = call.input(0);
    const Sliding d = forImage(x);
    const Tensor y = call.output(0, {d.n, d.outHeight, d.outWidth, d.channels});
    const int64_t step = d.strideWidth * d.channels;
    overRows(d, [&](int64_t whole, int64_t part) {
      for (int64_t column = 0; column < d.outWidth; column++)
        std::copy_n(x.data() + whole + column * step, d.channels, y.data() + part + column * d.channels);
    });
  }
};

/// The adjoint: puts them back, zeros elsewhere. Input: dy; output: dx. `sizes`: of dx.
class PutPixels : Window {
 public:
  using Window::Window;
  void operator()(Call& call) const {
    const Tensor dy = call.input(0);
    const Sliding d = forOutput(dy);
    const Tensor dx = call.output(0, {d.n, d.height, d.width, d.channels});
    const int64_t step = d.strideWidth * d.channels, row = d.width * d.channels;
    parallel(d.n * d.height, [&](int64_t i) { std::fill_n(dx.data() + i * row, row, 0.0f); });
    overRows(d, [&](int64_t whole, int64_t part) {
      for (int64_t column = 0; column < d.outWidth; column++)
        std::copy_n(dy.data() + part + column * d.channels, d.channels, dx.data() + whole + column * step);
    });
  }
};

}  // namespace

void registerPixels() {
  registerOperation<MaxPoolGradient>(
      {"CutpointMaxPoolGradient", Window::attributes(), {"dy: float", "x: float", "y: float"}, {"dx: float"}});
  registerOperation<TakePixels>({"CutpointTakePixels", Window::attributes(), {"x: float"}, {"y: float"}});
  registerOperation<PutPixels>({"CutpointPutPixels", Window::attributes(), {"dy: float"}, {"dx: float"}});
}

}  // namespace cutpoint
