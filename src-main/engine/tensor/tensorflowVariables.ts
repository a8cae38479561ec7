import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Weights } from '../../backbone/model.ts';
import { attributesOf, type TensorflowBackend } from './tensorflowBackend.ts';
import type { Slots, UpdateSettings, Variables } from './variables.ts';

/** A TensorFlow resource variable: optimiser kernels change its memory in place. */
interface Resource {
  handle: Tensor;
  shape: number[];
}

let created = 0;

/** Parameters as TensorFlow resource variables, the optimiser as one kernel per parameter. */
export function tensorflowVariables(backend: TensorflowBackend, weights: Weights, slots: Slots): Variables {
  const { float32, flag, shape: shapeOf, text } = attributesOf(backend);
  const collection = `variables${created++}`;

  const assignTo = (resource: Resource, value: Tensor): void => {
    backend.executeMultipleOutputs('AssignVariableOp', [float32('dtype')], [resource.handle, value], 0);
  };
  const create = (name: string, shape: readonly number[], initial: Tensor): Resource => {
    const attributes = [
      float32('dtype'),
      shapeOf('shape', shape),
      text('shared_name', `${collection}/${name}`),
      text('container', ''),
    ];
    const resource = { handle: backend.executeSingleOutput('VarHandleOp', attributes, []), shape: [...shape] };
    assignTo(resource, initial);
    initial.dispose();
    return resource;
  };
  const readOf = (resource: Resource): Tensor =>
    backend.executeSingleOutput('ReadVariableOp', [float32('dtype')], [resource.handle]);
  const load = (map: Weights): Map<string, Resource> =>
    new Map(
      [...map].map(([key, { shape, data }]) => {
        const outside = tf.tensor(data, [...shape], 'float32');
        // A tensor over JavaScript memory may share it; the kernels would write there. Adding zero makes TensorFlow's own copy.
        const inside = tf.add(outside, 0);
        outside.dispose();
        return [key, create(key, shape, inside)];
      }),
    );

  const resources = load(weights);
  const state = load(slots);
  /** Values read since the last update; they share the variable's memory. */
  const values = new Map<string, Tensor>();

  const resourceOf = (key: string): Resource => {
    const resource = resources.get(key);
    if (!resource) throw new Error(`no parameter '${key}' on this engine`);
    return resource;
  };
  const forget = (key: string): void => {
    values.get(key)?.dispose();
    values.delete(key);
  };
  const slotOf = (name: string, key: string): Tensor => {
    const full = `${name}:${key}`;
    let slot = state.get(full);
    if (!slot) {
      const { shape } = resourceOf(key);
      slot = create(full, shape, tf.zeros(shape));
      state.set(full, slot);
    }
    return slot.handle;
  };
  const copy = async (map: Map<string, Resource>): Promise<Weights> => {
    const copies: Weights = new Map();
    for (const [key, resource] of map) {
      const value = readOf(resource);
      copies.set(key, { shape: resource.shape, data: (await value.data<'float32'>()).slice() });
      value.dispose();
    }
    return copies;
  };

  /** One kernel call per parameter; the scalars are made once per step and rate. */
  const stepper = (
    { optimiser, step }: UpdateSettings,
    learningRate: number,
  ): { apply(key: string, gradient: Tensor): void; scalars: Scalar[] } => {
    const locking = flag('use_locking', false);
    if (optimiser.kind === 'adam') {
      const { beta1, beta2, epsilon } = optimiser;
      const scalars = [beta1 ** step, beta2 ** step, learningRate, beta1, beta2, epsilon].map((value) =>
        tf.scalar(value, 'float32'),
      );
      const attributes = [float32(), locking, flag('use_nesterov', false)];
      const apply = (key: string, gradient: Tensor): void => {
        const inputs = [resourceOf(key).handle, slotOf('m', key), slotOf('v', key), ...scalars, gradient];
        backend.executeMultipleOutputs('ResourceApplyAdam', attributes, inputs, 0);
      };
      return { apply, scalars };
    }
    const rate = tf.scalar(learningRate, 'float32');
    const momentum = tf.scalar(optimiser.momentum, 'float32');
    const attributes = [float32(), locking, flag('use_nesterov', optimiser.nesterov)];
    const apply = (key: string, gradient: Tensor): void => {
      const inputs = [resourceOf(key).handle, slotOf('momentum', key), rate, gradient, momentum];
      backend.executeMultipleOutputs('ResourceApplyMomentum', attributes, inputs, 0);
    };
    return { apply, scalars: [rate, momentum] };
  };

  return {
    get(key) {
      let value = values.get(key);
      if (!value) {
        // A node may ask from inside tf.tidy, which must not dispose of what outlives it.
        value = tf.keep(readOf(resourceOf(key)));
        values.set(key, value);
      }
      return value;
    },
    assign(key, value) {
      forget(key);
      assignTo(resourceOf(key), value);
      value.dispose();
    },
    update(gradients, settings) {
      const steppers = new Map<number, ReturnType<typeof stepper>>();
      const stepperOf = (key: string): ReturnType<typeof stepper> => {
        const rate = settings.learningRate * (settings.rateFactor?.(key) ?? 1);
        if (!steppers.has(rate)) steppers.set(rate, stepper(settings, rate));
        return steppers.get(rate)!;
      };
      for (const [key, gradient] of gradients) {
        const decayed =
          settings.weightDecay > 0
            ? tf.tidy(() => tf.add(gradient, tf.mul(this.get(key), settings.weightDecay)))
            : gradient;
        // While a value read from it is alive, the kernel would copy the variable instead of changing it in place.
        forget(key);
        stepperOf(key).apply(key, decayed);
        if (decayed !== gradient) decayed.dispose();
      }
      tf.dispose([...steppers.values()].flatMap(({ scalars }) => scalars));
    },
    weights: () => copy(resources),
    slots: () => copy(state),
    dispose() {
      for (const key of [...values.keys()]) forget(key);
      for (const { handle } of [...resources.values(), ...state.values()]) {
        backend.executeMultipleOutputs('DestroyResourceOp', [flag('ignore_lookup_error', true)], [handle], 0);
        handle.dispose();
      }
    },
  };
}
