// Convolution of single pixels: a matrix product of [pixels, in] and [in, out], and two more for its gradients; alone, and with
// the batch normalisation behind it.
#include <algorithm>

#include "compute.h"
#include "normalise.h"
#include "operation.h"
#include "operations.h"
#include "rows.h"
#include "sums.h"
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

/// A convolution's numbers of pixels and channels.
struct Shape {
  int64_t pixels, in, out;

  /// @param kernel [1, 1, in, out]
  /// @param isOutput whether the image is what the convolution gives
  Shape(const Pixels& image, const Tensor& kernel, bool isOutput)
      : pixels(image.count), in(kernel.dim(2)), out(kernel.dim(3)) {
    if (image.channels != (isOutput ? out : in)) throw std::invalid_argument("the kernel has another number of channels");
  }
};

/// Rows of a block: enough that what is packed of the kernel for it counts for little.
constexpr int64_t HIGH = 384;

/// c = a b in blocks of pixels and channels side by side. `done(row)` is told of each HIGH rows that are whole, while they are at
/// hand; of a small product it is not, for which false comes back.
template <class Done>
bool blocks(const Matrix& a, const Matrix& b, int64_t pixels, int64_t channels, int64_t depth, float* c, const Done& done) {
  const int64_t wide = pixels > 8 * HIGH ? channels : 64;
  const int64_t across = parts(channels, wide);
  const Compute& with = compute();
  parallel(parts(pixels, HIGH) * across, [&](int64_t block) {
    const int64_t row = block / across * HIGH, column = block % across * wide;
    with.product({a.data + row * a.rowStep, a.rowStep, a.columnStep},
                 {b.data + column * b.columnStep, b.rowStep, b.columnStep}, std::min(HIGH, pixels - row),
                 std::min(wide, channels - column), depth, c + row * channels + column, channels, false);
    if (across == 1) done(row);
  });
  return across == 1;
}

template <class Done>
bool forward(const Shape& s, const float* x, const float* kernel, float* y, const Done& done) {
  return blocks({x, s.in, 1}, {kernel, s.out, 1}, s.pixels, s.out, s.in, y, done);
}

void inputGradient(const Shape& s, const float* dy, const float* kernel, float* dx) {
  blocks({dy, s.out, 1}, {kernel, 1, s.out}, s.pixels, s.in, s.out, dx, [](int64_t) {});
}

/// Summed over parts of the pixels, which depend on their number alone.
void kernelGradient(const Shape& s, const float* dy, const float* x, float* dk) {
  const int64_t size = s.in * s.out;
  // Enough blocks for many threads, and few sums to add up; a block copies its part of dy, for rows enough to be worth it.
  const int64_t deep = std::max<int64_t>(512, parts(s.pixels, 8)), sums = parts(s.pixels, deep);
  const int64_t high = sums > 3 ? 192 : 48, down = parts(s.in, high);
  std::vector<float> partial(sums == 1 ? 0 : sums * size);
  const Compute& with = compute();
  parallel(sums * down, [&](int64_t block) {
    const int64_t sum = block / down, row = block % down * high, first = sum * deep;
    float* const to = sums == 1 ? dk : &partial[sum * size];
    with.product({x + first * s.in + row, 1, s.in}, {dy + first * s.out, s.out, 1}, std::min(high, s.in - row), s.out,
                 std::min(deep, s.pixels - first), to + row * s.out, s.out, false);
  });
  if (sums > 1) addUp(partial, sums, size, dk);
}

/// Inputs: x [n, h, w, in], kernel [1, 1, in, out]; output: y.
class Forward {
 public:
  explicit Forward(Attributes&) {}
  void operator()(Call& call) const {
    const Tensor x = call.input(0), kernel = call.input(1);
    const Shape shape(Pixels(x), kernel, false);
    const Tensor y = call.output(0, withChannels(x, shape.out));
    forward(shape, x.data(), kernel.data(), y.data(), [](int64_t) {});
  }
};

/// Inputs: dy, kernel; output: dx.
class InputGradient {
 public:
  explicit InputGradient(Attributes&) {}
  void operator()(Call& call) const {
    const Tensor dy = call.input(0), kernel = call.input(1);
    const Shape shape(Pixels(dy), kernel, true);
    const Tensor dx = call.output(0, withChannels(dy, shape.in));
    inputGradient(shape, dy.data(), kernel.data(), dx.data());
  }
};

/// Inputs: dy, x; output: the gradient of the kernel.
class KernelGradient {
 public:
  explicit KernelGradient(Attributes&) {}
  void operator()(Call& call) const {
    const Tensor dy = call.input(0), x = call.input(1);
    const Pixels pixels(x), out(dy);
    if (out.count != pixels.count) throw std::invalid_argument("x and dy differ in pixels");
    const Tensor dk = call.output(0, {1, 1, pixels.channels, out.channels});
    kernelGradient(Shape(pixels, dk, false), dy.data(), x.data(), dk.data());
  }
};

/// With the batch normalisation behind it. Inputs: x, kernel, gamma, beta, running mean and variance; outputs: the convolution's
/// own, what was normalised, and those of `Moments::settle`.
class Normalised {
 public:
  explicit Normalised(Attributes& attributes) : settings_(attributes) {}

  void operator()(Call& call) const {
    const Tensor x = call.input(0), kernel = call.input(1);
    const Shape shape(Pixels(x), kernel, false);
    const Tensor y = call.output(0, withChannels(x, shape.out)), z = call.output(1, y.shape());
    const Parts rows(shape.pixels, HIGH);
    Moments moments(rows, shape.out);
    const auto find = [&](int64_t part) { moments.find(part, y.data() + rows.first(part) * shape.out); };
    if (!forward(shape, x.data(), kernel.data(), y.data(), [&](int64_t row) { find(row / HIGH); }))
      parallel(rows.count, find);
    apply(moments.settle(call, 2, 2, settings_), settings_.activation, rows, shape.out, y.data(), z.data());
  }

 private:
  NormSettings settings_;
};

/// Inputs: the gradient of what was normalised, x, kernel, the convolution's own output, gamma, beta, and the last two outputs of
/// Normalised; outputs: the gradients of x (empty where it is not wanted), kernel, gamma and beta. That of the convolution's
/// output is stored whole for small images alone.
class NormalisedGradient {
 public:
  explicit NormalisedGradient(Attributes& attributes)
      : activation_(activationOf(attributes.text("activation"))), wantsInput_(attributes.flag("wants_input")) {}

  void operator()(Call& call) const {
    const Tensor dz = call.input(0), x = call.input(1), kernel = call.input(2), y = call.input(3);
    const Shape s(Pixels(x), kernel, false);
    const Tensor dx = call.output(0, wantsInput_ ? x.shape() : std::vector<int64_t>{0}), dk = call.output(1, kernel.shape());
    const Parts rows(s.pixels, HIGH);
    NormGradient gradient(call, 4, activation_, rows, s.out);
    parallel(rows.count, [&](int64_t part) {
      const int64_t at = rows.first(part) * s.out;
      gradient.add(part, dz.data() + at, y.data() + at);
    });
    gradient.settle(call, 2);

    // So many pixels give enough parts for many threads; below, images are small, and parts of channels are needed besides.
    if (s.pixels < 2048) {
      std::vector<float> dy(s.pixels * s.out);
      parallel(rows.count, [&](int64_t part) {
        const int64_t at = rows.first(part) * s.out;
        gradient.input(dz.data() + at, y.data() + at, rows.length(part), &dy[at]);
      });
      if (wantsInput_) inputGradient(s, dy.data(), kernel.data(), dx.data());
      kernelGradient(s, dy.data(), x.data(), dk.data());
      return;
    }
    const Parts sums(s.pixels, std::max<int64_t>(192, parts(s.pixels, 16)));
    // As many rows at a time as leave the cache to their other ends.
    const int64_t few = std::min(HIGH, std::max<int64_t>(96, 32768 / s.out / 96 * 96)), size = s.in * s.out;
    std::vector<float> partial(sums.count * size);
    const Compute& with = compute();
    parallel(sums.count, [&](int64_t sum) {
      float* const dy = scratch(0, few * s.out);
      for (int64_t row = sums.first(sum); row < sums.last(sum); row += few) {
        const int64_t count = std::min(few, sums.last(sum) - row);
        gradient.input(dz.data() + row * s.out, y.data() + row * s.out, count, dy);
        if (wantsInput_)
          with.product({dy, s.out, 1}, {kernel.data(), 1, s.out}, count, s.in, s.out, dx.data() + row * s.in, s.in, false);
        with.product({x.data() + row * s.in, 1, s.in}, {dy, s.out, 1}, s.in, s.out, count, &partial[sum * size], s.out,
                     row > sums.first(sum));
      }
    });
    addUp(partial, sums.count, size, dk.data());
  }

 private:
  Activation activation_;
  bool wantsInput_;
};

}  // namespace

void registerPointwise() {
  registerOperation<Forward>({"CutpointPointwise", {}, {"x: float", "kernel: float"}, {"y: float"}});
  registerOperation<InputGradient>({"CutpointPointwiseInputGradient", {}, {"dy: float", "kernel: float"}, {"dx: float"}});
  registerOperation<KernelGradient>({"CutpointPointwiseKernelGradient", {}, {"dy: float", "x: float"}, {"dk: float"}});
  registerNormalised<Normalised, NormalisedGradient>("CutpointPointwiseNorm", "CutpointPointwiseNormGradient", {});
}

}  // namespace cutpoint
