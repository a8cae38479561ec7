/**
 * Python's pickle as data. A pickle is a program for a stack machine whose `GLOBAL` and `REDUCE` instructions name and
 * call any Python function; this machine has a table of the instructions that PyTorch writes (protocols 1 to 5), knows
 * names only as text, and hands the few calls that its rules allow to functions of Cutpoint. Nothing else can happen.
 * https://github.com/python/cpython/blob/main/Lib/pickletools.py
 *
 * The parsers on npm (pickleparser, jpickle) build objects of any class that a file names, have no limits, do not say
 * where a pickle ends, which PyTorch's older files need, and have not been kept since 2024.
 */

/** More instructions than a checkpoint with 15 000 tensors has; time and memory are in proportion to them. */
const MAX_STEPS = 500_000;

/** The longest integer, in bytes; PyTorch's magic number has ten. */
const MAX_INTEGER = 64;

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

/** What may happen while a pickle is read. */
export interface PickleRules {
  /** The names that may occur. */
  allows(name: string): boolean;
  /** The outcome of calling an allowed name. @throws PickleError */
  call(name: string, args: readonly unknown[]): unknown;
  /** What a persistent id stands for: in PyTorch's files, a storage. @throws PickleError */
  persistent(id: unknown): unknown;
}

/** A pickle that ends early, names what the rules do not allow, or is not in order. */
export class PickleError extends Error {
  readonly reason: 'ends' | 'name' | 'damaged';
  /** For `name`, that name. */
  constructor(reason: 'ends' | 'name' | 'damaged', message: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * The value of the pickle that begins at `start`, and the position after it. Values are null, booleans, numbers, bigints
 * (integers that a number cannot hold), strings, Uint8Array, arrays (lists and sets), PickleTuple, PickleDict,
 * PickleName and what the rules return.
 * @throws PickleError
 */
export function unpickle(bytes: Buffer, start: number, rules: PickleRules): { value: unknown; end: number } {
  const machine = new Machine(bytes, start, rules);
  for (let step = 0; step < MAX_STEPS; step++) {
    const code = machine.byte();
    if (code === STOP) return { value: machine.pop(), end: machine.at };
    const perform = INSTRUCTIONS.get(code);
    if (!perform) throw damaged(`it holds the instruction 0x${code.toString(16)}, which PyTorch does not write`);
    perform(machine);
  }
  throw damaged('it has more instructions than any checkpoint');
}

const damaged = (why: string): PickleError => new PickleError('damaged', why);

class Machine {
  readonly #bytes: Buffer;
  readonly #rules: PickleRules;
  readonly #stack: unknown[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, unknown>();
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

  push(value: unknown): void {
    this.#stack.push(value);
  }

  pop(): unknown {
    if (this.#stack.length <= (this.#marks.at(-1) ?? 0)) throw damaged('its pickle takes more than it gave');
    return this.#stack.pop();
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
    if (mark === undefined) throw damaged('its pickle takes more than it gave');
    return this.#stack.splice(mark);
  }

  popMany(count: number): unknown[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  remember(index: number | undefined): void {
    this.#memo.set(index ?? this.#memo.size, this.top());
  }

  recall(index: number): void {
    if (!this.#memo.has(index)) throw damaged('its pickle refers to what it never gave');
    this.#stack.push(this.#memo.get(index));
  }

  pushName(module: unknown, name: unknown): void {
    if (typeof module !== 'string' || typeof name !== 'string') throw damaged('its pickle names nothing');
    const full = `${module}.${name}`;
    if (!this.#rules.allows(full)) throw new PickleError('name', full);
    this.#stack.push(new PickleName(full));
  }

  call(target: unknown, args: readonly unknown[]): void {
    if (!(target instanceof PickleName)) throw damaged('its pickle calls what is not a function');
    this.#stack.push(this.#rules.call(target.name, args));
  }

  resolve(id: unknown): void {
    this.#stack.push(this.#rules.persistent(id));
  }
}

function integer(little: Buffer): number | bigint {
  if (little.length > MAX_INTEGER) throw damaged('it holds an integer longer than any real one');
  if (little.length === 0) return 0;
  return plain(BigInt.asIntN(8 * little.length, BigInt(`0x${Buffer.from(little).reverse().toString('hex')}`)));
}

function plain(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function decimal(text: string): number | bigint | boolean {
  if (text === '00' || text === '01') return text === '01';
  if (!/^-?\d{1,150}L?$/.test(text)) throw damaged('it holds an integer that is none');
  return plain(BigInt(text.replace('L', '')));
}

function fill(machine: Machine, pairs: readonly unknown[]): void {
  const target = machine.top();
  if (!(target instanceof PickleDict) || pairs.length % 2 !== 0)
    throw damaged('its pickle puts items into no dictionary');
  for (let i = 0; i < pairs.length; i += 2) target.entries.push([pairs[i], pairs[i + 1]]);
}

function append(machine: Machine, items: readonly unknown[]): void {
  const target = machine.top();
  if (!Array.isArray(target)) throw damaged('its pickle puts items into no list');
  for (const item of items) target.push(item);
}

function argumentsOf(tuple: unknown): readonly unknown[] {
  if (!(tuple instanceof PickleTuple)) throw damaged('its pickle calls without arguments');
  return tuple.items;
}

function reduce(machine: Machine): void {
  const args = argumentsOf(machine.pop());
  machine.call(machine.pop(), args);
}

const STOP = 0x2e;

/** By the byte of the instruction, named as in Python's pickletools. */
const INSTRUCTIONS: ReadonlyMap<number, (machine: Machine) => void> = new Map<number, (machine: Machine) => void>([
  [0x80 /* PROTO */, (m) => void m.byte()],
  [0x95 /* FRAME */, (m) => void m.take(8)],

  [0x4e /* NONE */, (m) => m.push(null)],
  [0x88 /* NEWTRUE */, (m) => m.push(true)],
  [0x89 /* NEWFALSE */, (m) => m.push(false)],
  [0x49 /* INT */, (m) => m.push(decimal(m.takeLine()))],
  [0x4c /* LONG */, (m) => m.push(decimal(m.takeLine()))],
  [0x4a /* BININT */, (m) => m.push(m.take(4).readInt32LE())],
  [0x4b /* BININT1 */, (m) => m.push(m.byte())],
  [0x4d /* BININT2 */, (m) => m.push(m.take(2).readUInt16LE())],
  [0x8a /* LONG1 */, (m) => m.push(integer(m.takeCounted(1)))],
  [0x8b /* LONG4 */, (m) => m.push(integer(m.takeCounted(4)))],
  [0x47 /* BINFLOAT */, (m) => m.push(m.take(8).readDoubleBE())],

  [0x55 /* SHORT_BINSTRING */, (m) => m.push(m.takeCounted(1).toString('latin1'))],
  [0x54 /* BINSTRING */, (m) => m.push(m.takeCounted(4).toString('latin1'))],
  [0x8c /* SHORT_BINUNICODE */, (m) => m.push(m.takeCounted(1).toString('utf8'))],
  [0x58 /* BINUNICODE */, (m) => m.push(m.takeCounted(4).toString('utf8'))],
  [0x8d /* BINUNICODE8 */, (m) => m.push(m.takeCounted(8).toString('utf8'))],
  [0x43 /* SHORT_BINBYTES */, (m) => m.push(m.takeCounted(1))],
  [0x42 /* BINBYTES */, (m) => m.push(m.takeCounted(4))],
  [0x8e /* BINBYTES8 */, (m) => m.push(m.takeCounted(8))],
  [0x96 /* BYTEARRAY8 */, (m) => m.push(m.takeCounted(8))],

  [0x28 /* MARK */, (m) => m.mark()],
  [0x29 /* EMPTY_TUPLE */, (m) => m.push(new PickleTuple([]))],
  [0x85 /* TUPLE1 */, (m) => m.push(new PickleTuple(m.popMany(1)))],
  [0x86 /* TUPLE2 */, (m) => m.push(new PickleTuple(m.popMany(2)))],
  [0x87 /* TUPLE3 */, (m) => m.push(new PickleTuple(m.popMany(3)))],
  [0x74 /* TUPLE */, (m) => m.push(new PickleTuple(m.popMark()))],
  [0x5d /* EMPTY_LIST */, (m) => m.push([])],
  [0x61 /* APPEND */, (m) => append(m, [m.pop()])],
  [0x65 /* APPENDS */, (m) => append(m, m.popMark())],
  [0x7d /* EMPTY_DICT */, (m) => m.push(new PickleDict())],
  [0x73 /* SETITEM */, (m) => fill(m, m.popMany(2))],
  [0x75 /* SETITEMS */, (m) => fill(m, m.popMark())],
  [0x8f /* EMPTY_SET */, (m) => m.push([])],
  [0x90 /* ADDITEMS */, (m) => append(m, m.popMark())],
  [0x91 /* FROZENSET */, (m) => m.push(m.popMark())],

  [0x71 /* BINPUT */, (m) => m.remember(m.byte())],
  [0x72 /* LONG_BINPUT */, (m) => m.remember(m.take(4).readUInt32LE())],
  [0x94 /* MEMOIZE */, (m) => m.remember(undefined)],
  [0x68 /* BINGET */, (m) => m.recall(m.byte())],
  [0x6a /* LONG_BINGET */, (m) => m.recall(m.take(4).readUInt32LE())],

  [0x63 /* GLOBAL */, (m) => m.pushName(m.takeLine(), m.takeLine())],
  [0x93 /* STACK_GLOBAL */, (m) => m.pushName(...(m.popMany(2) as [unknown, unknown]))],
  [
    0x69 /* INST */,
    (m) => {
      m.pushName(m.takeLine(), m.takeLine());
      const target = m.pop();
      m.call(target, m.popMark());
    },
  ],
  [0x52 /* REDUCE */, reduce],
  [0x81 /* NEWOBJ */, reduce],
  [
    0x62 /* BUILD */,
    (m) => {
      // The attributes of a dictionary: PyTorch's notes on versions.
      m.pop();
      if (!(m.top() instanceof PickleDict)) throw damaged('its pickle sets attributes of what has none');
    },
  ],
  [0x51 /* BINPERSID */, (m) => m.resolve(m.pop())],
]);
