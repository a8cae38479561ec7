import { damaged, PickleError, PickleName, PickleObject } from './pickleValues.ts';

/** What may happen while a pickle is read. */
export interface PickleRules {
  /** The names that may occur. */
  allows(name: string): boolean;
  /** What stands for the outcome of calling an allowed name. @throws PickleError */
  call(name: string, args: readonly unknown[]): unknown;
  /** What a persistent id stands for: in PyTorch's files, a storage. @throws PickleError */
  persistent(id: unknown): unknown;
}

/** The longest name of a function or class, in characters. */
const MAX_NAME = 1000;

/** The stack, the memo and the position of a pickle that is being read. */
export class Machine {
  readonly #bytes: Buffer;
  readonly #rules: PickleRules;
  readonly #stack: unknown[] = [];
  readonly #marks: number[] = [];
  /** What is remembered under the numbers from 0 on, as picklers give them. */
  readonly #memo: unknown[] = [];
  /** What is remembered under numbers that leave others out. */
  readonly #apart = new Map<number, unknown>();
  /** The position of the next byte. */
  at: number;

  constructor(bytes: Buffer, start: number, rules: PickleRules) {
    this.#bytes = bytes;
    this.at = start;
    this.#rules = rules;
  }

  byte(): number {
    if (this.at >= this.#bytes.length) throw new PickleError('ends', 'its pickle ends early');
    return this.#bytes[this.at++]!;
  }

  take(length: number): Buffer {
    const end = this.at + length;
    if (end > this.#bytes.length) throw new PickleError('ends', 'its pickle ends early');
    const taken = this.#bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  /** Length-prefixed bytes; the prefix is little endian and `size` bytes long. */
  takeCounted(size: 1 | 4 | 8): Buffer {
    const prefix = this.take(size);
    const length = size === 8 ? Number(prefix.readBigUInt64LE()) : prefix.readUIntLE(0, size);
    return this.take(length);
  }

  /** Text up to the end of the line. */
  takeLine(): string {
    const end = this.#bytes.indexOf(0x0a, this.at);
    if (end < 0) throw new PickleError('ends', 'its pickle ends early');
    return this.take(end + 1 - this.at)
      .subarray(0, -1)
      .toString('latin1');
  }

  takeName(): string {
    return Buffer.from(this.takeLine(), 'latin1').toString('utf8');
  }

  push(value: unknown): void {
    this.#stack.push(value);
  }

  pop(): unknown {
    if (this.#stack.length <= (this.#marks.at(-1) ?? 0))
      throw damaged('its pickle takes more values than it has given');
    return this.#stack.pop();
  }

  /** Of an item, or of a mark without items. */
  discard(): void {
    if (this.#stack.length === this.#marks.at(-1)) this.#marks.pop();
    else this.pop();
  }

  top(): unknown {
    const value = this.pop();
    this.#stack.push(value);
    return value;
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  /** Everything since the last mark. */
  popMark(): unknown[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw damaged('its pickle takes more values than it has given');
    return this.#stack.splice(mark);
  }

  popMany(count: number): unknown[] {
    if (this.#stack.length - count < (this.#marks.at(-1) ?? 0))
      throw damaged('its pickle takes more values than it has given');
    return this.#stack.splice(this.#stack.length - count);
  }

  remember(index: number | undefined): void {
    const value = this.top();
    const at = index ?? this.#memo.length + this.#apart.size;
    if (at === this.#memo.length) this.#memo.push(value);
    else if (at < this.#memo.length) this.#memo[at] = value;
    else this.#apart.set(at, value);
  }

  recall(index: number): void {
    if (index < this.#memo.length) this.#stack.push(this.#memo[index]);
    else if (this.#apart.has(index)) this.#stack.push(this.#apart.get(index));
    else throw damaged('its pickle refers to a value that it never gave');
  }

  pushName(module: unknown, name: unknown): void {
    if (typeof module !== 'string' || typeof name !== 'string') throw damaged('its pickle names nothing');
    if (module.length + name.length > MAX_NAME) throw damaged('it holds a name longer than any real one');
    const full = `${module}.${name}`;
    if (!this.#rules.allows(full)) throw new PickleError('name', full);
    this.#stack.push(new PickleName(full));
  }

  /** What a call gave may be called in turn, as `functools.partial` is. */
  call(target: unknown, args: readonly unknown[]): void {
    if (target instanceof PickleName) this.#stack.push(this.#rules.call(target.name, args));
    else if (target instanceof PickleObject) this.#stack.push(new PickleObject(target.name, args));
    else throw damaged('its pickle calls what is not a function');
  }

  resolve(id: unknown): void {
    this.#stack.push(this.#rules.persistent(id));
  }
}
