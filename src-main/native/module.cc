// Loaded by Node once TensorFlow is: registers Cutpoint's own operations there, and tells which kind of processor they were
// compiled for.
#include <node_api.h>

#include <exception>

#include "compute.h"
#include "operations.h"

static napi_value start(napi_env env, napi_value exports) {
  try {
    cutpoint::registerBatchNorm();
    cutpoint::registerDepthwise();
    cutpoint::registerExcite();
    cutpoint::registerPixels();
    cutpoint::registerPointwise();
    cutpoint::registerUpdates();
  } catch (const std::exception& error) {
    napi_throw_error(env, nullptr, error.what());
    return nullptr;
  }
  napi_value kind;
  napi_create_string_utf8(env, cutpoint::computeName(), NAPI_AUTO_LENGTH, &kind);
  napi_set_named_property(env, exports, "kind", kind);
  return exports;
}

NAPI_MODULE(cutpoint_kernels, start)
