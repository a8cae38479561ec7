import { decode as read, encode as write, ExtensionCodec } from '@msgpack/msgpack';

/** MessagePack's own bytes come back as a part of the message; these come back alone, see `Transport`. */
const BYTES = 0;

const codec = new ExtensionCodec();
codec.register({
  type: BYTES,
  encode(value) {
    if (value instanceof Uint8Array) return value as Uint8Array<ArrayBuffer>;
    // They would come back as bytes.
    if (ArrayBuffer.isView(value)) throw new TypeError('Numbers are sent as a list, or as bytes.');
    return null;
  },
  decode: (bytes) => bytes.slice(),
});

/**
 * What a message may carry (see `Transport`) as MessagePack. The result may be a part of a larger buffer.
 * @throws TypeError, Error for what cannot be carried: a function, a typed array of numbers
 */
export function encode(value: unknown): Uint8Array<ArrayBuffer> {
  return write(value, { extensionCodec: codec, ignoreUndefined: true });
}

/**
 * The value that {@link encode} was given.
 * @throws RangeError, Error for bytes that are nothing of it
 */
export function decode(bytes: Uint8Array | ArrayBuffer): unknown {
  return read(bytes, { extensionCodec: codec });
}
