import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createOutput } from '../../src-main/cli/output.ts';

function sink(terminal: { isTTY?: boolean; columns?: number } = {}) {
  const written = { text: '' };
  const stream = new Writable({ write: (chunk, _, done) => ((written.text += String(chunk)), done()) });
  return Object.assign(written, { stream: Object.assign(stream, terminal) });
}

test('a terminal sees progress on one line, which a line that stays replaces', () => {
  const [out, err] = [sink(), sink({ isTTY: true, columns: 20 })];
  const output = createOutput({ json: false, out: out.stream, err: err.stream });
  output.progress('reading 1 of 1,000,000 images');
  output.note('epoch 1 of 5');
  output.result({}, () => 'done');
  expect(err.text).toBe('reading 1 of 1,000,\u001b[2K\u001b[1Gepoch 1 of 5\n');
  expect(out.text).toBe('done\n');
});

test('a log file sees no progress within the first minute, and every line that stays', () => {
  const [out, err] = [sink(), sink()];
  const output = createOutput({ json: true, out: out.stream, err: err.stream });
  output.progress('reading 1 of 2 images');
  output.note('epoch 1 of 5');
  output.result({ id: 'x' }, () => 'words');
  expect(err.text).toBe('epoch 1 of 5\n');
  expect(JSON.parse(out.text)).toEqual({ id: 'x' });
});

test('an error is told with its code and what to do; with JSON also as a document', () => {
  const [out, err] = [sink(), sink()];
  const error = { code: 'FOLDER_EMPTY', message: 'There are no files.', remedy: 'Choose another.' } as const;
  createOutput({ json: true, out: out.stream, err: err.stream }).error(error);
  expect(err.text).toBe('error [FOLDER_EMPTY]: There are no files.\nChoose another.\n');
  expect(JSON.parse(out.text)).toEqual({ error });
});

test('bytes, which JSON has not, are base64 in a document', () => {
  const [out, err] = [sink(), sink()];
  const png = Uint8Array.from({ length: 9 }, (_, index) => index * 31);
  const document = { maps: [{ png: png.subarray(2, 5), image: Buffer.from(png) }] };
  createOutput({ json: true, out: out.stream, err: err.stream }).result(document, () => '');
  expect(JSON.parse(out.text)).toEqual({ maps: [{ png: 'Pl18', image: 'AB8+XXybutn4' }] });
});
