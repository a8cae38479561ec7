/** Consecutive batches. A last batch of one image is left out: one image has no batch statistics. */
export function batchesOf(order: readonly number[], size: number): number[][] {
  const count = Math.ceil(order.length / size);
  const batches = Array.from({ length: count }, (_, i) => order.slice(i * size, (i + 1) * size));
  return batches.length > 1 && batches.at(-1)!.length === 1 ? batches.slice(0, -1) : batches;
}

/** The batches of an epoch, step by step from 1; they may become smaller on the way. */
export class EpochBatches {
  #batches: number[][];

  constructor(order: readonly number[], size: number) {
    this.#batches = batchesOf(order, size);
  }

  get steps(): number {
    return this.#batches.length;
  }

  /** Images of the epoch before a step; those of all: before the one that never comes. */
  imagesBefore(step: number): number {
    return this.#batches.slice(0, step - 1).reduce((sum, batch) => sum + batch.length, 0);
  }

  at(step: number): readonly number[] {
    return this.#batches[step - 1]!;
  }

  /** The images of this step and of all after it, fewer at a time. */
  shrink(step: number, size: number): void {
    const done = this.#batches.slice(0, step - 1);
    this.#batches = [...done, ...batchesOf(this.#batches.slice(step - 1).flat(), size)];
  }
}
