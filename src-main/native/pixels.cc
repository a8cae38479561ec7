// Max pooling's gradient, and taking out pixels that lie some apart, with the way back.
#include <cstring>

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

/// Calls `with(at in the whole image, at in the part)`, in bytes, for each pixel of an image that is met.
/// @param pixel its bytes
template <class With>
void overPixels(const Sliding& d, int64_t pixel, const With& with) {
  parallel(d.n * d.outHeight, [&](int64_t i) {
    const int64_t n = i / d.outHeight, row = i % d.outHeight;
    const int64_t whole = (n * d.height + row * d.strideHeight) * d.width, part = i * d.outWidth;
    for (int64_t column = 0; column < d.outWidth; column++)
      with((whole + column * d.strideWidth) * pixel, (part + column) * pixel);
  });
}

/// Pixels that lie a stride apart. Input: x; output: y. `sizes`: of y.
class TakePixels : Window {
 public:
  using Window::Window;
  void operator()(Call& call) const {
    const Tensor x = call.input(0);
    const Sliding d = forImage(x);
    const Tensor y = call.output(0, {d.n, d.outHeight, d.outWidth, d.channels}, x.type());
    const int64_t pixel = d.channels * x.valueBytes();
    overPixels(d, pixel, [&](int64_t whole, int64_t part) { std::memcpy(y.bytes() + part, x.bytes() + whole, pixel); });
  }
};

/// The adjoint: puts them back, zeros elsewhere. Input: dy; output: dx. `sizes`: of dx.
class PutPixels : Window {
 public:
  using Window::Window;
  void operator()(Call& call) const {
    const Tensor dy = call.input(0);
    const Sliding d = forOutput(dy);
    const Tensor dx = call.output(0, {d.n, d.height, d.width, d.channels}, dy.type());
    const int64_t pixel = d.channels * dy.valueBytes(), row = d.width * pixel;
    parallel(d.n * d.height, [&](int64_t i) { std::memset(dx.bytes() + i * row, 0, row); });
    overPixels(d, pixel, [&](int64_t whole, int64_t part) { std::memcpy(dx.bytes() + whole, dy.bytes() + part, pixel); });
  }
};

}  // namespace

void registerPixels() {
  registerOperation<MaxPoolGradient>(
      {"CutpointMaxPoolGradient", Window::attributes(), {"dy: float", "x: float", "y: float"}, {"dx: float"}});
  std::vector<const char*> attributes = Window::attributes();
  attributes.push_back(IMAGE_TYPE);
  registerOperation<TakePixels>({"CutpointTakePixels", attributes, {"x: T"}, {"y: T"}});
  registerOperation<PutPixels>({"CutpointPutPixels", attributes, {"dy: T"}, {"dx: T"}});
}

}  // namespace cutpoint
