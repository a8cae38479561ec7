import type { Tensor } from '@tensorflow/tfjs-core';

/** One attribute of a TensorFlow operation, as the binding takes it. */
export interface OpAttribute {
  name: string;
  type: number;
  value: unknown;
}

interface OpOutput {
  id: number;
  shape: number[];
  /** TensorFlow's number of the type. */
  dtype: number;
}

/** The parts of tfjs-node's backend that reach any TensorFlow operation by name. */
export interface TensorflowBackend {
  binding: Record<
    'TF_FLOAT' | 'TF_ATTR_TYPE' | 'TF_ATTR_INT' | 'TF_ATTR_BOOL' | 'TF_ATTR_FLOAT' | 'TF_ATTR_STRING' | 'TF_ATTR_SHAPE',
    number
  > & {
    TF_Version: string;
    isUsingGpuDevice(): boolean;
    /** @param inputs handles */
    executeOp(op: string, attributes: OpAttribute[], inputs: number[], outputs: number): OpOutput[];
    tensorDataSync(handle: number): Float32Array;
    deleteTensor(handle: number): void;
  };
  /** What tfjs does not know of its tensors: TensorFlow's handle and number of the type. */
  tensorMap: { get(dataId: object): { id: number; dtype: number } };
  /** Their handles; values that were held back are handed over. */
  getInputTensorIds(inputs: Tensor[]): number[];
  createOutputTensor(output: OpOutput): Tensor;
  readSync(dataId: object): unknown;
  executeSingleOutput(op: string, attributes: OpAttribute[], inputs: Tensor[]): Tensor;
  executeMultipleOutputs(op: string, attributes: OpAttribute[], inputs: Tensor[], outputs: number): Tensor[];
}

/** Attributes by kind, so that call sites read as a table. */
export function attributesOf(backend: TensorflowBackend) {
  const { binding } = backend;
  return {
    type: (name: string, value: number): OpAttribute => ({ name, type: binding.TF_ATTR_TYPE, value }),
    float32: (name = 'T'): OpAttribute => ({ name, type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }),
    ints: (name: string, value: readonly number[]): OpAttribute => ({
      name,
      type: binding.TF_ATTR_INT,
      value: [...value],
    }),
    int: (name: string, value: number): OpAttribute => ({ name, type: binding.TF_ATTR_INT, value }),
    flag: (name: string, value: boolean): OpAttribute => ({ name, type: binding.TF_ATTR_BOOL, value }),
    number: (name: string, value: number): OpAttribute => ({ name, type: binding.TF_ATTR_FLOAT, value }),
    text: (name: string, value: string): OpAttribute => ({ name, type: binding.TF_ATTR_STRING, value }),
    shape: (name: string, value: readonly number[]): OpAttribute => ({
      name,
      type: binding.TF_ATTR_SHAPE,
      value: [...value],
    }),
  };
}
