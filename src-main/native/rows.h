// Rows of an image as float32, whatever it is kept in.
#pragma once
#include <vector>

#include "compute.h"
#include "operation.h"

namespace cutpoint {

/// Memory of this thread for one of the few images that a kernel has rows of at a time.
inline float* scratch(int which, int64_t count) {
  thread_local std::vector<float> memory[3];
  if (static_cast<int64_t>(memory[which].size()) < count) memory[which].resize(count);
  return memory[which].data();
}

inline uint16_t* narrowAt(const Tensor& image, int64_t value) { return reinterpret_cast<uint16_t*>(image.bytes()) + value; }

/// Rows [first, last), to be read: where they are, or widened.
/// @param which 0, 1 or 2, another for each image
inline const float* rowsOf(const Tensor& image, int64_t first, int64_t last, int64_t channels, int which) {
  if (image.type() == TF_FLOAT) return image.data() + first * channels;
  const int64_t count = (last - first) * channels;
  float* wide = scratch(which, count);
  compute().widen(narrowAt(image, first * channels), count, wide);
  return wide;
}

/// Has rows [first, last) written by `write(where the first begins)`.
template <class Write>
void writeRows(const Tensor& image, int64_t first, int64_t last, int64_t channels, int which, const Write& write) {
  if (image.type() == TF_FLOAT) return write(image.data() + first * channels);
  const int64_t count = (last - first) * channels;
  float* wide = scratch(which, count);
  write(wide);
  compute().narrow(wide, count, narrowAt(image, first * channels));
}

}  // namespace cutpoint
