// Sums whose order depends on what is summed alone.
#pragma once
#include <algorithm>
#include <vector>

#include "threads.h"

namespace cutpoint {

/// The sum of `count` kernels that lie side by side.
inline void addUp(const std::vector<float>& kernels, int64_t count, int64_t size, float* to) {
  const int64_t piece = 4096;
  parallel((size + piece - 1) / piece, [&](int64_t block) {
    for (int64_t i = block * piece; i < std::min(size, (block + 1) * piece); i++) {
      float total = kernels[i];
      for (int64_t k = 1; k < count; k++) total += kernels[k * size + i];
      to[i] = total;
    }
  });
}

}  // namespace cutpoint
