// A few threads of this library's own: TensorFlow's C interface gives kernels none.
#pragma once
#include <cstdint>
#include <functional>

namespace cutpoint {

/// Calls `work(i)` once for each i in [0, count), on as many threads as TF_NUM_INTRAOP_THREADS says (left out: one for each
/// processor), and returns when all are done. Which thread takes which i is left to chance: what a result is summed from must
/// depend on i alone, so that it is the same on any number of threads. `work` must not throw.
void parallel(int64_t count, const std::function<void(int64_t)>& work);

}  // namespace cutpoint
