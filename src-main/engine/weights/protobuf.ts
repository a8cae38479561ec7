import type { FileHandle } from 'node:fs/promises';
import { readAt } from './readAt.ts';

/**
 * Protocol buffers by position: messages of gigabytes can be walked without holding them, because a field says how long
 * it is. https://protobuf.dev/programming-guides/encoding/
 */

/** A field: its number and either its value (numbers) or where its bytes lie in the file. */
export interface ProtoField {
  number: number;
  /** Of a variable-length integer: its bits, unsigned. */
  value?: bigint;
  /** Of any other field: its first byte and the byte after its last. */
  start: number;
  end: number;
}

const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;
const FIXED32 = 5;

const LONGEST_VARINT = 10;
/** A tag and a length, or a tag and a number. */
const LONGEST_HEAD = 2 * LONGEST_VARINT;
const WINDOW = 2 ** 16;

/** More fields than the description of any network has. */
const MAX_FIELDS = 300_000;

/** A message whose fields contradict its length. */
export class ProtoError extends Error {}

/** A file read through a window that moves along. */
export class ProtoFile {
  readonly #handle: FileHandle;
  readonly #path: string;
  readonly bytes: number;
  #window = Buffer.alloc(0);
  #windowStart = 0;
  #fields = 0;

  constructor(handle: FileHandle, path: string, bytes: number) {
    this.#handle = handle;
    this.#path = path;
    this.bytes = bytes;
  }

  /** @throws ProtoError */
  async *fields(start: number, end: number): AsyncGenerator<ProtoField> {
    for (let at = start; at < end;) {
      if (++this.#fields > MAX_FIELDS) throw new ProtoError('more fields than any network has');
      const length = Math.min(LONGEST_HEAD, end - at);
      const field = fieldAt(this.#held(at, length) ?? (await this.#move(at, length)), at);
      if (field.end > end) throw new ProtoError('a field beyond its message');
      yield field;
      at = field.end;
    }
  }

  /** Bytes of the file, in memory of their own. */
  read(start: number, end: number): Promise<ArrayBuffer> {
    return readAt(this.#handle, this.#path, start, end - start);
  }

  #held(at: number, length: number): Buffer | undefined {
    const from = at - this.#windowStart;
    return from >= 0 && from + length <= this.#window.length ? this.#window.subarray(from, from + length) : undefined;
  }

  async #move(at: number, length: number): Promise<Buffer> {
    this.#window = Buffer.from(await this.read(at, Math.min(this.bytes, at + WINDOW)));
    this.#windowStart = at;
    return this.#window.subarray(0, length);
  }
}

/** The field whose first bytes these are; they lie at this position of the file. */
function fieldAt(bytes: Buffer, at: number): ProtoField {
  const tag = varintAt(bytes, 0);
  const number = Number(tag.value >> 3n);
  const wire = Number(tag.value & 7n);
  if (number === 0) throw new ProtoError('a field without a number');
  if (wire === DELIMITED) {
    const { value, end } = varintAt(bytes, tag.end);
    return { number, start: at + end, end: at + end + Number(value) };
  }
  if (wire === VARINT) {
    const { value, end } = varintAt(bytes, tag.end);
    return { number, value, start: at + end, end: at + end };
  }
  const size = wire === FIXED32 ? 4 : 8;
  if (wire !== FIXED32 && wire !== FIXED64) throw new ProtoError('a field of no kind');
  // No field that is read here has these types.
  return { number, start: at + tag.end, end: at + tag.end + size };
}

/** The variable-length integer at an index, and the index after it. @throws ProtoError */
export function varintAt(bytes: Uint8Array, from: number): { value: bigint; end: number } {
  let value = 0n;
  for (let i = 0; i < LONGEST_VARINT; i++) {
    const byte = bytes[from + i];
    if (byte === undefined) break;
    value |= BigInt(byte & 0x7f) << BigInt(7 * i);
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), end: from + i + 1 };
  }
  throw new ProtoError('a number without end');
}
