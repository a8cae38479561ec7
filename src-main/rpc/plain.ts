/**
 * A copy of what a message carries: lists, records, bytes and single values; see `Transport` for what is kept. Reactive
 * proxies of the window, which cannot be cloned, become what they stand for. Anything else (a typed array of numbers, a
 * map) stays the object that it is.
 */
export function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return ownBytes(value);
  if (Array.isArray(value)) return value.map(plain);
  if (Object.prototype.toString.call(value) !== '[object Object]') return value;
  const told = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(told.map(([key, item]) => [key, plain(item)]));
}

/** Bytes with a buffer of their own: a clone of a part of a buffer takes all of it along, and a Buffer is no Uint8Array. */
function ownBytes(bytes: Uint8Array): Uint8Array {
  const alone = bytes.byteLength === bytes.buffer.byteLength && bytes.constructor === Uint8Array;
  return alone ? bytes : new Uint8Array(bytes);
}
