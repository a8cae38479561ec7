// Convolution of single pixels: a matrix product of [pixels, in] and [in, out], and two more for its gradients.
#include <algorithm>

#include "compute.h"
#include "operation.h"
#include "operations.h"
#include "threads.h"

namespace cutpoint {
namespace {

int64_t parts(int64_t whole, int64_t size) { return (whole + size - 1) / size; }

/// The pixels of an image [n, h, w, channels], and how many values each has.
struct Pixels {
  int64_t count, channels;
  explicit Pixels(const Tensor& image) : channels(image.dim(image.rank() - 1)) {
    count = channels == 0 ? 0 : image.size() / channels;
  }
};

std::vector<int64_t> withChannels(const Tensor& image, int64_t channels) {
  std::vector<int64_t> shape = image.shape();
  shape.back() = channels;
  return shape;
}

/// c = a b in blocks of pixels and channels side by side.
void blocks(const Matrix& a, const Matrix& b, int64_t pixels, int64_t channels, int64_t depth, float* c) {
  // Large enough that what is packed of b for a block counts for little.
  const int64_t high = 384, wide = pixels > 8 * high ? channels : 64;
  const int64_t across = parts(channels, wide);
  const Compute& with = compute();
  parallel(parts(pixels, high) * across, [&](int64_t block) {
    const int64_t row = block / across * high, column = block % across * wide;
    with.product({a.data + row * a.rowStep, a.rowStep, a.columnStep},
                 {b.data + column * b.columnStep, b.rowStep, b.columnStep}, std::min(high, pixels - row),
                 std::min(wide, channels - column), depth, c + row * channels + column, channels);
  });
}

/// Inputs: x [n, h, w, in], kernel [1, 1, in, out]; output: y.
class Forward {
 public:
  explicit Forward(Attributes&) {}
  void operator()(Call& call) const {
    const Tensor x = call.input(0), kernel = call.input(1);
    const Pixels pixels(x);
    const int64_t in = kernel.dim(2), out = kernel.dim(3);
    if (in != pixels.channels) throw std::invalid_argument("the kernel takes another number of channels");
    const Tensor y = call.output(0, withChannels(x, out));
    blocks({x.data(), in, 1}, {kernel.data(), out, 1}, pixels.count, out, in, y.data());
  }
};

/// Inputs: dy, kernel; output: dx.
class InputGradient {
 public:
  explicit InputGradient(Attributes&) {}
  void operator()(Call& call) const {
    const Tensor dy = call.input(0), kernel = call.input(1);
    const int64_t in = kernel.dim(2), out = kernel.dim(3);
    if (out != Pixels(dy).channels) throw std::invalid_argument("the kernel gives another number of channels");
    const Tensor dx = call.output(0, withChannels(dy, in));
    blocks({dy.data(), out, 1}, {kernel.data(), 1, out}, Pixels(dy).count, in, out, dx.data());
  }
};

/// Inputs: dy, x; output: the gradient of the kernel. Summed over parts of the pixels, which depend on their number alone.
class KernelGradient {
 public:
  explicit KernelGradient(Attributes&) {}
  void operator()(Call& call) const {
    const Tensor dy = call.input(0), x = call.input(1);
    const Pixels pixels(x);
    const int64_t in = pixels.channels, out = Pixels(dy).channels, size = in * out;
    if (Pixels(dy).count != pixels.count) throw std::invalid_argument("x and dy differ in pixels");
    const Tensor dk = call.output(0, {1, 1, in, out});
    // Enough blocks for many threads, and few sums to add up; a block copies its part of dy, for rows enough to be worth it.
    const int64_t deep = std::max<int64_t>(512, parts(pixels.count, 8)), sums = parts(pixels.count, deep);
    const int64_t high = sums > 3 ? 192 : 48, down = parts(in, high);
    std::vector<float> partial(sums == 1 ? 0 : sums * size);
    const Compute& with = compute();
    parallel(sums * down, [&](int64_t block) {
      const int64_t sum = block / down, row = block % down * high, first = sum * deep;
      float* const to = sums == 1 ? dk.data() : &partial[sum * size];
      with.product({x.data() + first * in + row, 1, in}, {dy.data() + first * out, out, 1}, std::min(high, in - row), out,
                   std::min(deep, pixels.count - first), to + row * out, out);
    });
    if (sums == 1) return;
    const int64_t piece = 4096;
    parallel(parts(size, piece), [&](int64_t block) {
      for (int64_t i = block * piece; i < std::min(size, (block + 1) * piece); i++) {
        float total = partial[i];
        for (int64_t sum = 1; sum < sums; sum++) total += partial[sum * size + i];
        dk.data()[i] = total;
      }
    });
  }
};

}  // namespace

void registerPointwise() {
  registerOperation<Forward>({"CutpointPointwise", {}, {"x: float", "kernel: float"}, {"y: float"}});
  registerOperation<InputGradient>({"CutpointPointwiseInputGradient", {}, {"dy: float", "kernel: float"}, {"dx: float"}});
  registerOperation<KernelGradient>({"CutpointPointwiseKernelGradient", {}, {"dy: float", "x: float"}, {"dk: float"}});
}

}  // namespace cutpoint
