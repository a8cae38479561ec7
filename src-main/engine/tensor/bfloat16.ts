import type { Tensor } from '@tensorflow/tfjs-core';
import type { Convolution } from './grouped.ts';
import { attributesOf, type OpAttribute, type TensorflowBackend } from './tensorflowBackend.ts';

/** TensorFlow's number of the type: the upper half of a float32, with its range and 8 bits of precision. */
const BFLOAT16 = 14;

/** Inputs, by position, that an operation takes as bfloat16 if one of them is; of all but the last `except`, or of these. */
type Takes = readonly number[] | { except: number };
const FIRST = [0];
const TWO = [0, 1];

/**
 * Operations that compute on bfloat16 as well as on float32. Their output has the type of these inputs. All others are given
 * float32, so that what is not named here (the head, the loss, statistics, the optimiser) is as precise as ever.
 */
const TAKES: Record<string, Takes> = {
  Conv2D: TWO,
  Conv2DBackpropInput: [1, 2],
  Conv2DBackpropFilter: [0, 2],
  CutpointBatchNorm: FIRST,
  CutpointBatchNormGradient: TWO,
  CutpointBatchNormInference: FIRST,
  CutpointTakePixels: FIRST,
  CutpointPutPixels: FIRST,
  FusedBatchNormV3: FIRST,
  FusedBatchNormGradV3: TWO,
  Add: TWO,
  AddV2: TWO,
  Relu: FIRST,
  Relu6: FIRST,
  ReluGrad: TWO,
  Relu6Grad: TWO,
  MaxPool: FIRST,
  MaxPoolGrad: [0, 1, 2],
  AvgPool: FIRST,
  AvgPoolGrad: [1],
  PadV2: [0, 2],
  Slice: FIRST,
  SplitV: FIRST,
  ConcatV2: { except: 1 },
  Reshape: FIRST,
  Transpose: FIRST,
};

/**
 * Convolutions that compute on bfloat16 and give it: from their outputs on, whatever can be is kept as bfloat16 until an
 * operation needs float32. To tfjs, which has no such type, all are float32 tensors; the type is known to the backend alone.
 * (Micikevicius et al. 2018; Kalamkar et al. 2019). oneDNN sums products in float32; TensorFlow's own kernels, which compute
 * where it has no bfloat16, round partial sums, too, and are slow.
 */
export function inBfloat16(backend: TensorflowBackend, one: Convolution): Convolution {
  keepBfloat16(backend);
  const { type, flag } = attributesOf(backend);
  /** With the first input as bfloat16; whatever else a convolution takes follows it. */
  const given = <T extends Tensor>(x: T, compute: (brief: T) => T): T => {
    if (backend.tensorMap.get(x.dataId).dtype === BFLOAT16) return compute(x);
    const attributes = [type('SrcT', backend.binding.TF_FLOAT), type('DstT', BFLOAT16), flag('Truncate', false)];
    const brief = backend.executeSingleOutput('Cast', attributes, [x]) as T;
    try {
      return compute(brief);
    } finally {
      brief.dispose();
    }
  };
  return {
    conv2d: (x, kernel, window) => given(x, (brief) => one.conv2d(brief, kernel, window)),
    conv2dInputGradient: (dy, kernel, x, window) =>
      given(dy, (brief) => one.conv2dInputGradient(brief, kernel, x, window)),
    conv2dKernelGradient: (dy, kernel, x, window) =>
      given(dy, (brief) => one.conv2dKernelGradient(brief, kernel, x, window)),
  };
}

const changed = new WeakSet<TensorflowBackend>();

/** Teaches a backend to pass bfloat16 on, once. */
function keepBfloat16(backend: TensorflowBackend): void {
  if (changed.has(backend)) return;
  changed.add(backend);
  const { binding } = backend;
  const { type, flag } = attributesOf(backend);
  const cast = (id: number, from: number, to: number): number =>
    binding.executeOp('Cast', [type('SrcT', from), type('DstT', to), flag('Truncate', false)], [id], 1)[0]!.id;

  const through = (op: string, attributes: OpAttribute[], inputs: Tensor[], outputs: number): Tensor[] => {
    const ids = backend.getInputTensorIds(inputs);
    // 64-bit scalars are no tensors of the backend.
    const types = inputs.map(({ dataId }) => (dataId ? backend.tensorMap.get(dataId).dtype : null));
    const made: number[] = [];
    const typed = (id: number, i: number): number => {
      const from = types[i]!;
      const to = takes(op, i, inputs.length) ? BFLOAT16 : binding.TF_FLOAT;
      if (from === to || (from !== BFLOAT16 && from !== binding.TF_FLOAT)) return id;
      const copy = cast(id, from, to);
      made.push(copy);
      return copy;
    };
    try {
      const results = types.includes(BFLOAT16)
        ? backend.binding.executeOp(op, op in TAKES ? withType(attributes) : attributes, ids.map(typed), outputs)
        : backend.binding.executeOp(op, attributes, ids, outputs);
      return results.map((result) => backend.createOutputTensor(result));
    } finally {
      for (const id of made) binding.deleteTensor(id);
    }
  };
  const withType = (attributes: OpAttribute[]): OpAttribute[] => [
    ...attributes.filter(({ name }) => name !== 'T'),
    type('T', BFLOAT16),
  ];
  backend.executeSingleOutput = (op, attributes, inputs) => through(op, attributes, inputs, 1)[0]!;
  backend.executeMultipleOutputs = through;

  const create = backend.createOutputTensor.bind(backend);
  backend.createOutputTensor = (output) => {
    if (output.dtype !== BFLOAT16) return create(output);
    const tensor = create({ ...output, dtype: binding.TF_FLOAT });
    backend.tensorMap.get(tensor.dataId).dtype = BFLOAT16;
    return tensor;
  };
  const read = backend.readSync.bind(backend);
  backend.readSync = (dataId) => {
    const { id, dtype } = backend.tensorMap.get(dataId);
    if (dtype !== BFLOAT16) return read(dataId);
    const wide = cast(id, BFLOAT16, binding.TF_FLOAT);
    try {
      return binding.tensorDataSync(wide);
    } finally {
      binding.deleteTensor(wide);
    }
  };
}

function takes(op: string, position: number, inputs: number): boolean {
  const which = TAKES[op];
  if (!which) return false;
  return 'except' in which ? position < inputs - which.except : which.includes(position);
}
