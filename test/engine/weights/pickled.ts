/** Parts of pickles for tests, protocol 2. */
export const pickled = {
  text: (text: string): Buffer => {
    const bytes = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return Buffer.concat([Buffer.from('X'), length, bytes]);
  },
  number: (value: number): Buffer => {
    const bytes = Buffer.alloc(5);
    bytes.write('J');
    bytes.writeInt32LE(value, 1);
    return bytes;
  },
  global: (module: string, name: string): Buffer => Buffer.from(`c${module}\n${name}\n`),
  tuple: (...items: readonly Buffer[]): Buffer => Buffer.concat([Buffer.from('('), ...items, Buffer.from('t')]),
  list: (...items: readonly Buffer[]): Buffer => Buffer.concat([Buffer.from(']('), ...items, Buffer.from('e')]),
  dict: (...items: readonly (readonly [string, Buffer])[]): Buffer =>
    Buffer.concat([
      Buffer.from('}('),
      ...items.flatMap(([key, value]) => [pickled.text(key), value]),
      Buffer.from('u'),
    ]),
  call: (target: Buffer, ...args: readonly Buffer[]): Buffer =>
    Buffer.concat([target, pickled.tuple(...args), Buffer.from('R')]),
  /** In the older of PyTorch's formats with a sixth field. */
  storage: (key: string, elements: number, { legacy = false } = {}): Buffer =>
    Buffer.concat([
      pickled.tuple(
        pickled.text('storage'),
        pickled.global('torch', 'FloatStorage'),
        pickled.text(key),
        pickled.text('cpu'),
        pickled.number(elements),
        ...(legacy ? [Buffer.from('N')] : []),
      ),
      Buffer.from('Q'),
    ]),
  tensor: (storage: Buffer, offset: number, shape: readonly number[], strides: readonly number[]): Buffer =>
    pickled.call(
      pickled.global('torch._utils', '_rebuild_tensor_v2'),
      storage,
      pickled.number(offset),
      pickled.tuple(...shape.map(pickled.number)),
      pickled.tuple(...strides.map(pickled.number)),
      Buffer.from([0x89]),
      pickled.call(pickled.global('collections', 'OrderedDict')),
    ),
  whole: (...parts: readonly Buffer[]): Buffer => Buffer.concat([Buffer.from([0x80, 2]), ...parts, Buffer.from('.')]),
};
