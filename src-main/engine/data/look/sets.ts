/** Disjoint sets of numbers, joined one by one. */
export class Sets {
  readonly #parent: Int32Array;

  constructor(size: number) {
    this.#parent = Int32Array.from({ length: size }, (_, at) => at);
  }

  /** The number that stands for the set. */
  of(at: number): number {
    let top = at;
    while (this.#parent[top] !== top) top = this.#parent[top]!;
    this.#parent[at] = top;
    return top;
  }

  join(one: number, other: number): void {
    const [a, b] = [this.of(one), this.of(other)];
    this.#parent[Math.max(a, b)] = Math.min(a, b);
  }
}
