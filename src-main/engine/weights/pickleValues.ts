/** What a pickle's values are, beside null, booleans, numbers, bigints, strings, Buffers and arrays (lists and sets). */

export class PickleTuple {
  readonly items: readonly unknown[];
  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

/** A dictionary in order of insertion; a key that comes twice counts with its last value. */
export class PickleDict {
  readonly entries: [key: unknown, value: unknown][] = [];
}

/** A Python function or class: its name, `module.name`. */
export class PickleName {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * An instance of a class, or the outcome of a function, of which nothing is run: what it is called, and all that Python
 * would have given to it.
 */
export class PickleObject {
  readonly name: string;
  readonly args: readonly unknown[];
  /** Its attributes, or what its `__setstate__` would have taken. */
  state: unknown = null;
  /** Of what is like a list, and of what is like a dictionary. */
  items: unknown[] = [];
  entries: [key: unknown, value: unknown][] = [];

  constructor(name: string, args: readonly unknown[]) {
    this.name = name;
    this.args = args;
  }
}

/** A pickle that ends early, names what the rules do not allow, holds more than is read, or is not in order. */
export class PickleError extends Error {
  readonly reason: 'ends' | 'name' | 'large' | 'damaged';
  /** For `name`, that name. */
  constructor(reason: PickleError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

export const damaged = (why: string): PickleError => new PickleError('damaged', why);
