// The gradient of squeeze and excitation's product (Hu et al. 2018).
#include "compute.h"
#include "operation.h"
#include "operations.h"
#include "threads.h"

namespace cutpoint {
namespace {

/// Of x [n, h, w, channels] times scale [n, 1, 1, channels]. Inputs: dy, x, scale; outputs: the gradients of x and scale.
class ExciteGradient {
 public:
  explicit ExciteGradient(Attributes&) {}
  void operator()(Call& call) const {
    const Tensor dy = call.input(0), x = call.input(1), scale = call.input(2);
    const int64_t n = x.dim(0), channels = x.dim(x.rank() - 1);
    if (dy.size() != x.size() || scale.size() != n * channels)
      throw std::invalid_argument("there must be one scale for each image and channel");
    const Tensor dx = call.output(0, x.shape()), dscale = call.output(1, scale.shape());
    if (x.size() == 0) return;
    const int64_t image = x.size() / n;
    const Compute& with = compute();
    parallel(n, [&](int64_t i) {
      with.exciteGradient(dy.data() + i * image, x.data() + i * image, scale.data() + i * channels, image / channels, channels,
                          dx.data() + i * image, dscale.data() + i * channels);
    });
  }
};

}  // namespace

void registerExcite() {
  registerOperation<ExciteGradient>({"CutpointExciteGradient",
                                     {},
                                     {"dy: float", "x: float", "scale: float"},
                                     {"dx: float", "dscale: float"}});
}

}  // namespace cutpoint
