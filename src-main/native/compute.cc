#include "compute.h"

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <vector>

// The same sources, compiled for several kinds of processor; which is taken is decided when the library is loaded.
#define CUTPOINT_WIDTH 8
#define CUTPOINT_KIND plain
#include "loops.h"
#undef CUTPOINT_KIND

#if defined(__x86_64__)
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,fma")
#endif
#define CUTPOINT_KIND avx2
#include "loops.h"
#undef CUTPOINT_KIND
#if defined(__clang__)
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,fma"))), apply_to = function)
#else
#pragma GCC pop_options
#pragma GCC push_options
#pragma GCC target("avx512f,avx512dq,avx512bw,avx512vl,fma")
#endif
#define CUTPOINT_KIND avx512
#undef CUTPOINT_WIDTH
#define CUTPOINT_WIDTH 16
#include "loops.h"
#undef CUTPOINT_KIND
#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif

namespace cutpoint {
namespace {

struct Choice {
  const char* name;
  const Compute* table;
};

/// CUTPOINT_KERNELS names a slower one, for tests.
Choice choose() {
  const char* told = std::getenv("CUTPOINT_KERNELS");
  const auto wanted = [told](const char* name) { return !told || std::strcmp(told, name) == 0; };
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool fast = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (fast && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && wanted("avx512"))
    return {"avx512", &avx512::table};
  if (fast && (wanted("avx2") || wanted("avx512"))) return {"avx2", &avx2::table};
#endif
  return {"plain", &plain::table};
}

const Choice& choice() {
  static const Choice chosen = choose();
  return chosen;
}

}  // namespace

const Compute& compute() { return *choice().table; }
const char* computeName() { return choice().name; }

}  // namespace cutpoint
