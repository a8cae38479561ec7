// TensorFlow's C interface for operations and their kernels, as far as the operations here need it.
#pragma once
#include <stdexcept>
#include <string>
#include <vector>

#include "kernelApi.h"
#include "tensorflow/c/ops.h"
#include "tensorflow/c/tf_status.h"
#include "tensorflow/c/tf_tensor.h"

namespace cutpoint {

/// A status of TensorFlow's, thrown where it is an error.
class Status {
 public:
  Status() : status_(TF_NewStatus()) {}
  ~Status() { TF_DeleteStatus(status_); }
  Status(const Status&) = delete;
  Status& operator=(const Status&) = delete;
  operator TF_Status*() { return status_; }
  void check() const {
    if (TF_GetCode(status_) != TF_OK) throw std::runtime_error(TF_Message(status_));
  }

 private:
  TF_Status* status_;
};

/// A tensor that is held for as long as this lives.
class Tensor {
 public:
  explicit Tensor(TF_Tensor* tensor) : tensor_(tensor) {}
  ~Tensor() {
    if (tensor_) TF_DeleteTensor(tensor_);
  }
  Tensor(Tensor&& other) noexcept : tensor_(other.tensor_) { other.tensor_ = nullptr; }
  Tensor(const Tensor&) = delete;
  Tensor& operator=(const Tensor&) = delete;

  float* data() const { return static_cast<float*>(TF_TensorData(tensor_)); }
  char* bytes() const { return static_cast<char*>(TF_TensorData(tensor_)); }
  TF_DataType type() const { return TF_TensorType(tensor_); }
  /// Of one value.
  size_t valueBytes() const { return TF_DataTypeSize(type()); }
  int rank() const { return TF_NumDims(tensor_); }
  int64_t dim(int i) const { return TF_Dim(tensor_, i); }
  int64_t size() const { return TF_TensorElementCount(tensor_); }
  std::vector<int64_t> shape() const {
    std::vector<int64_t> shape(rank());
    for (int i = 0; i < rank(); i++) shape[i] = dim(i);
    return shape;
  }

 private:
  TF_Tensor* tensor_;
};

/// One execution of a kernel.
class Call {
 public:
  explicit Call(TF_OpKernelContext* context) : context_(context) {}

  int inputs() const { return TF_NumInputs(context_); }

  Tensor input(int i) {
    TF_Tensor* tensor = nullptr;
    Status status;
    TF_GetInput(context_, i, &tensor, status);
    status.check();
    return Tensor(tensor);
  }

  Tensor output(int i, const std::vector<int64_t>& shape, TF_DataType type = TF_FLOAT) {
    size_t bytes = TF_DataTypeSize(type);
    for (int64_t length : shape) bytes *= length;
    Status status;
    TF_Tensor* tensor = TF_AllocateOutput(context_, i, type, shape.data(), shape.size(), bytes, status);
    status.check();
    return Tensor(tensor);
  }

 private:
  TF_OpKernelContext* context_;
};

/// The attributes of one kernel.
class Attributes {
 public:
  explicit Attributes(TF_OpKernelConstruction* construction) : construction_(construction) {}

  float number(const char* name) {
    float value = 0;
    Status status;
    TF_OpKernelConstruction_GetAttrFloat(construction_, name, &value, status);
    status.check();
    return value;
  }

  bool flag(const char* name) {
    unsigned char value = 0;
    Status status;
    TF_OpKernelConstruction_GetAttrBool(construction_, name, &value, status);
    status.check();
    return value != 0;
  }

  std::string text(const char* name) {
    int32_t length = 0, bytes = 0;
    Status status;
    TF_OpKernelConstruction_GetAttrSize(construction_, name, &length, &bytes, status);
    status.check();
    std::string value(bytes, '\0');
    TF_OpKernelConstruction_GetAttrString(construction_, name, &value[0], value.size(), status);
    status.check();
    return value;
  }

  std::vector<int64_t> integers(const char* name) {
    int32_t length = 0, bytes = 0;
    Status status;
    TF_OpKernelConstruction_GetAttrSize(construction_, name, &length, &bytes, status);
    status.check();
    std::vector<int64_t> values(length);
    TF_OpKernelConstruction_GetAttrInt64List(construction_, name, values.data(), length, status);
    status.check();
    return values;
  }

 private:
  TF_OpKernelConstruction* construction_;
};

/// The attribute of operations on images that may be kept in either type, as `T`; all else is float32.
constexpr const char* IMAGE_TYPE = "T: {float, bfloat16} = DT_FLOAT";

/// What an operation is called, takes and gives, in TensorFlow's words.
struct Signature {
  const char* name;
  std::vector<const char*> attributes, inputs, outputs;
};

/// Registers an operation and its kernel for the processor. `Kernel` is made from the attributes, and has
/// `void operator()(Call&) const`; what either throws is the operation's error.
template <class Kernel>
void registerOperation(const Signature& signature) {
  TF_OpDefinitionBuilder* definition = TF_NewOpDefinitionBuilder(signature.name);
  for (const char* each : signature.attributes) TF_OpDefinitionBuilderAddAttr(definition, each);
  for (const char* each : signature.inputs) TF_OpDefinitionBuilderAddInput(definition, each);
  for (const char* each : signature.outputs) TF_OpDefinitionBuilderAddOutput(definition, each);
  // What changes its inputs must not be left out or done once for all.
  TF_OpDefinitionBuilderSetIsStateful(definition, signature.outputs.empty());
  Status status;
  TF_RegisterOpDefinition(definition, status);
  status.check();

  const auto create = [](TF_OpKernelConstruction* construction) -> void* {
    try {
      Attributes attributes(construction);
      return new Kernel(attributes);
    } catch (const std::exception& error) {
      Status failed;
      TF_SetStatus(failed, TF_INVALID_ARGUMENT, error.what());
      TF_OpKernelConstruction_Failure(construction, failed);
      return nullptr;
    }
  };
  const auto run = [](void* kernel, TF_OpKernelContext* context) {
    try {
      Call call(context);
      (*static_cast<const Kernel*>(kernel))(call);
    } catch (const std::exception& error) {
      Status failed;
      TF_SetStatus(failed, TF_INVALID_ARGUMENT, error.what());
      TF_OpKernelContext_Failure(context, failed);
    }
  };
  const auto destroy = [](void* kernel) { delete static_cast<Kernel*>(kernel); };
  TF_RegisterKernelBuilder(signature.name, TF_NewKernelBuilder(signature.name, "CPU", create, run, destroy), status);
  status.check();
}

}  // namespace cutpoint
