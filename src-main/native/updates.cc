// Optimisers: one step on all parameters at once, in place.
#include <algorithm>

#include "compute.h"
#include "operation.h"
#include "operations.h"
#include "threads.h"

namespace cutpoint {
namespace {

/// Lists of `lists` times n tensors, one behind the other, and the rates, one for each of the n. Calls
/// `step(rate, pointers, count)` on pieces of some 256 kB; which piece a value is in depends on the sizes alone.
template <class Step>
void overPieces(Call& call, int lists, const Step& step) {
  const int n = (call.inputs() - 1) / lists;
  const int64_t longest = 1 << 16;
  const Tensor rates = call.input(call.inputs() - 1);
  if (n * lists + 1 != call.inputs() || rates.size() != n) throw std::invalid_argument("one rate for each parameter");
  std::vector<Tensor> tensors;
  for (int i = 0; i < n * lists; i++) tensors.push_back(call.input(i));
  struct Piece {
    int parameter;
    int64_t from, count;
  };
  std::vector<Piece> pieces;
  for (int i = 0; i < n; i++) {
    for (int list = 1; list < lists; list++)
      if (tensors[list * n + i].size() != tensors[i].size()) throw std::invalid_argument("sizes differ");
    for (int64_t from = 0; from < tensors[i].size(); from += longest)
      pieces.push_back({i, from, std::min(longest, tensors[i].size() - from)});
  }
  parallel(static_cast<int64_t>(pieces.size()), [&](int64_t index) {
    const Piece& piece = pieces[index];
    float* pointers[4] = {};
    for (int list = 0; list < lists; list++) pointers[list] = tensors[list * n + piece.parameter].data() + piece.from;
    step(rates.data()[piece.parameter], pointers, piece.count);
  });
}

/// Kingma and Ba 2015. Inputs: parameters, first and second moments, gradients, and rates with the bias corrections in them.
class Adam {
 public:
  explicit Adam(Attributes& a)
      : settings_{a.number("beta1"), a.number("beta2"), a.number("epsilon"), a.number("weight_decay")} {}
  void operator()(Call& call) const {
    const Compute& with = compute();
    overPieces(call, 4, [&](float rate, float* const* at, int64_t count) {
      with.adam(at[0], at[1], at[2], at[3], rate, settings_, count);
    });
  }

 private:
  AdamSettings settings_;
};

/// Inputs: parameters, accumulated gradients, gradients, rates.
class Momentum {
 public:
  explicit Momentum(Attributes& a)
      : settings_{a.number("momentum"), a.number("weight_decay"), a.number("nesterov") != 0} {}
  void operator()(Call& call) const {
    const Compute& with = compute();
    overPieces(call, 3, [&](float rate, float* const* at, int64_t count) {
      with.momentum(at[0], at[1], at[2], rate, settings_, count);
    });
  }

 private:
  MomentumSettings settings_;
};

}  // namespace

void registerUpdates() {
  registerOperation<Adam>({"CutpointAdam",
                           {"N: int >= 1", "beta1: float", "beta2: float", "epsilon: float", "weight_decay: float"},
                           {"parameters: N * float", "first: N * float", "second: N * float", "gradients: N * float", "rates: float"},
                           {}});
  registerOperation<Momentum>({"CutpointMomentum",
                               {"N: int >= 1", "momentum: float", "weight_decay: float", "nesterov: float"},
                               {"parameters: N * float", "accumulated: N * float", "gradients: N * float", "rates: float"},
                               {}});
}

}  // namespace cutpoint
