import type { Tensor } from '@tensorflow/tfjs-core';

/** Values of a pass with the number of readers still to come; a value is disposed of when the last one has read it. */
export class LiveValues {
  readonly #values = new Map<string, Tensor>();
  readonly #readers = new Map<string, number>();

  /** Keeps `value` for `readers` readers; with none it is disposed of at once. */
  keep(name: string, value: Tensor, readers: number): void {
    if (readers === 0) {
      value.dispose();
      return;
    }
    this.#values.set(name, value);
    this.#readers.set(name, readers);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  get(name: string): Tensor {
    const value = this.#values.get(name);
    if (!value) throw new Error(`the value of '${name}' is not alive`);
    return value;
  }

  /** One reader is done. */
  release(name: string): void {
    const left = (this.#readers.get(name) ?? 0) - 1;
    if (left < 0) throw new Error(`'${name}' was released more often than it was kept for`);
    this.#readers.set(name, left);
    if (left === 0) {
      this.get(name).dispose();
      this.#values.delete(name);
    }
  }

  /** Takes a value out; it is the caller's now. */
  take(name: string): Tensor {
    const value = this.get(name);
    this.#values.delete(name);
    this.#readers.delete(name);
    return value;
  }

  dispose(): void {
    for (const value of this.#values.values()) value.dispose();
    this.#values.clear();
    this.#readers.clear();
  }
}
