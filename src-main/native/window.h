// A window that slides over an image, as operations are told of it.
#pragma once
#include "compute.h"
#include "operation.h"

namespace cutpoint {

/// The attributes of what slides a window, for kernels to begin with: `window` is [kernel height, kernel width, stride height,
/// stride width, top, left], and `sizes` [height, width] of the image that is not among the inputs.
class Window {
 public:
  static std::vector<const char*> attributes() { return {"window: list(int)", "sizes: list(int)"}; }

  explicit Window(Attributes& attributes) : window_(attributes.integers("window")), sizes_(attributes.integers("sizes")) {
    if (window_.size() != 6 || sizes_.size() != 2) throw std::invalid_argument("window has six numbers, sizes two");
  }

  /// @param image [n, height, width, channels]
  Sliding forImage(const Tensor& image) const { return geometry(image, image.dim(1), image.dim(2), sizes_[0], sizes_[1]); }
  /// @param output of the convolution
  Sliding forOutput(const Tensor& output) const {
    return geometry(output, sizes_[0], sizes_[1], output.dim(1), output.dim(2));
  }

 private:
  Sliding geometry(const Tensor& of, int64_t height, int64_t width, int64_t outHeight, int64_t outWidth) const {
    return {of.dim(0),  height,     width,      of.dim(3),  outHeight,  outWidth,
            window_[0], window_[1], window_[2], window_[3], window_[4], window_[5]};
  }
  std::vector<int64_t> window_, sizes_;
};

}  // namespace cutpoint
