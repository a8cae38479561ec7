import type { Machine } from './pickleMachine.ts';
import { damaged, PickleDict, PickleObject, PickleTuple } from './pickleValues.ts';

/** The longest integer, in bytes; PyTorch's magic number has ten. */
const MAX_INTEGER = 64;

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
  if (!/^-?\d{1,150}L?$/.test(text)) throw damaged('it holds an invalid integer');
  return plain(BigInt(text.replace('L', '')));
}

function place(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw damaged('its pickle refers to a value that it never gave');
  return Number(text);
}

/** Python's own notation of a text in quotes, with escapes. */
function quoted(text: string): string {
  const inner = /^(['"])(.*)\1$/s.exec(text)?.[2];
  if (inner === undefined) throw damaged('it holds an invalid text');
  return unescaped(inner, /\\(x[\da-fA-F]{2}|[\\'"abfnrtv])/g);
}

const unescaped = (text: string, escape: RegExp): string =>
  text.replace(escape, (_, code: string) =>
    code.length > 1 ? String.fromCodePoint(parseInt(code.slice(1), 16) % 0x110000) : (ESCAPES[code] ?? code),
  );

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function floating(text: string): number {
  const named = /^-?(inf|nan)$/.exec(text)?.[1];
  const value = named === 'nan' ? NaN : named === 'inf' ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);
  if (text.trim() === '' || (Number.isNaN(value) && named === undefined)) throw damaged('it holds an invalid number');
  return value;
}

function fill(machine: Machine, pairs: readonly unknown[]): void {
  const target = machine.top();
  const isFillable = target instanceof PickleDict || target instanceof PickleObject;
  if (!isFillable || pairs.length % 2 !== 0)
    throw damaged('its pickle puts items into something that is not a dictionary');
  for (let i = 0; i < pairs.length; i += 2) target.entries.push([pairs[i], pairs[i + 1]]);
}

function dictOf(pairs: readonly unknown[]): PickleDict {
  if (pairs.length % 2 !== 0) throw damaged('its pickle puts items into something that is not a dictionary');
  const dict = new PickleDict();
  for (let i = 0; i < pairs.length; i += 2) dict.entries.push([pairs[i], pairs[i + 1]]);
  return dict;
}

function append(machine: Machine, items: readonly unknown[]): void {
  const target = machine.top();
  const list: unknown = target instanceof PickleObject ? target.items : target;
  if (!Array.isArray(list)) throw damaged('its pickle puts items into something that is not a list');
  for (const item of items) list.push(item);
}

function argumentsOf(tuple: unknown): readonly unknown[] {
  if (!(tuple instanceof PickleTuple)) throw damaged('its pickle calls without arguments');
  return tuple.items;
}

function reduce(machine: Machine): void {
  const args = argumentsOf(machine.pop());
  machine.call(machine.pop(), args);
}

/** Attributes of an object; those of dictionaries and tensors, PyTorch's notes on versions, are dropped. */
function build(machine: Machine): void {
  const state = machine.pop();
  const target = machine.top();
  if (target instanceof PickleObject) target.state = state;
  else if (typeof target !== 'object' || target === null) throw damaged('its pickle sets attributes of what has none');
}

export const STOP = 0x2e;

/** By the byte of the instruction, named as in Python's pickletools. */
export const INSTRUCTIONS: ReadonlyMap<number, (machine: Machine) => void> = new Map<
  number,
  (machine: Machine) => void
>([
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
  [0x46 /* FLOAT */, (m) => m.push(floating(m.takeLine()))],
  [0x47 /* BINFLOAT */, (m) => m.push(m.take(8).readDoubleBE())],

  [0x53 /* STRING */, (m) => m.push(quoted(m.takeLine()))],
  [0x56 /* UNICODE */, (m) => m.push(unescaped(m.takeLine(), /\\(u[\da-fA-F]{4}|U[\da-fA-F]{8})/g))],
  [0x55 /* SHORT_BINSTRING */, (m) => m.push(m.takeCounted(1).toString('latin1'))],
  [0x54 /* BINSTRING */, (m) => m.push(m.takeCounted(4).toString('latin1'))],
  [0x8c /* SHORT_BINUNICODE */, (m) => m.push(m.takeCounted(1).toString('utf8'))],
  [0x58 /* BINUNICODE */, (m) => m.push(m.takeCounted(4).toString('utf8'))],
  [0x8d /* BINUNICODE8 */, (m) => m.push(m.takeCounted(8).toString('utf8'))],
  [0x43 /* SHORT_BINBYTES */, (m) => m.push(m.takeCounted(1))],
  [0x42 /* BINBYTES */, (m) => m.push(m.takeCounted(4))],
  [0x8e /* BINBYTES8 */, (m) => m.push(m.takeCounted(8))],
  [0x96 /* BYTEARRAY8 */, (m) => m.push(m.takeCounted(8))],

  [0x98 /* READONLY_BUFFER */, () => undefined],

  [0x30 /* POP */, (m) => void m.discard()],
  [0x31 /* POP_MARK */, (m) => void m.popMark()],
  [0x32 /* DUP */, (m) => m.push(m.top())],
  [0x28 /* MARK */, (m) => m.mark()],
  [0x29 /* EMPTY_TUPLE */, (m) => m.push(new PickleTuple([]))],
  [0x85 /* TUPLE1 */, (m) => m.push(new PickleTuple(m.popMany(1)))],
  [0x86 /* TUPLE2 */, (m) => m.push(new PickleTuple(m.popMany(2)))],
  [0x87 /* TUPLE3 */, (m) => m.push(new PickleTuple(m.popMany(3)))],
  [0x74 /* TUPLE */, (m) => m.push(new PickleTuple(m.popMark()))],
  [0x6c /* LIST */, (m) => m.push(m.popMark())],
  [0x5d /* EMPTY_LIST */, (m) => m.push([])],
  [0x61 /* APPEND */, (m) => append(m, [m.pop()])],
  [0x65 /* APPENDS */, (m) => append(m, m.popMark())],
  [0x64 /* DICT */, (m) => m.push(dictOf(m.popMark()))],
  [0x7d /* EMPTY_DICT */, (m) => m.push(new PickleDict())],
  [0x73 /* SETITEM */, (m) => fill(m, m.popMany(2))],
  [0x75 /* SETITEMS */, (m) => fill(m, m.popMark())],
  [0x8f /* EMPTY_SET */, (m) => m.push([])],
  [0x90 /* ADDITEMS */, (m) => append(m, m.popMark())],
  [0x91 /* FROZENSET */, (m) => m.push(m.popMark())],

  [0x70 /* PUT */, (m) => m.remember(place(m.takeLine()))],
  [0x71 /* BINPUT */, (m) => m.remember(m.byte())],
  [0x72 /* LONG_BINPUT */, (m) => m.remember(m.take(4).readUInt32LE())],
  [0x94 /* MEMOIZE */, (m) => m.remember(undefined)],
  [0x67 /* GET */, (m) => m.recall(place(m.takeLine()))],
  [0x68 /* BINGET */, (m) => m.recall(m.byte())],
  [0x6a /* LONG_BINGET */, (m) => m.recall(m.take(4).readUInt32LE())],

  [0x63 /* GLOBAL */, (m) => m.pushName(m.takeName(), m.takeName())],
  [0x93 /* STACK_GLOBAL */, (m) => m.pushName(...(m.popMany(2) as [unknown, unknown]))],
  [
    0x69 /* INST */,
    (m) => {
      m.pushName(m.takeName(), m.takeName());
      const target = m.pop();
      m.call(target, m.popMark());
    },
  ],
  [0x52 /* REDUCE */, reduce],
  [0x81 /* NEWOBJ */, reduce],
  [
    0x6f /* OBJ */,
    (m) => {
      const [target, ...args] = m.popMark();
      m.call(target, args);
    },
  ],
  [
    0x92 /* NEWOBJ_EX */,
    (m) => {
      // Arguments by name.
      m.pop();
      reduce(m);
    },
  ],
  [0x62 /* BUILD */, build],
  [0x50 /* PERSID */, (m) => m.resolve(m.takeLine())],
  [0x51 /* BINPERSID */, (m) => m.resolve(m.pop())],
]);
