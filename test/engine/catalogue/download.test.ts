import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { download, encryptedOnly, type DownloadOptions } from '../../../src-main/engine/catalogue/download.ts';
import { folderForFile } from '../../support/folder.ts';
import { content, fileServer, sha256Of } from './server.ts';

const root = folderForFile();
let server: Awaited<ReturnType<typeof fileServer>>;
let path: string;
let heard: { bytes: number; total: number | null }[];
const body = content(300_000);

beforeEach(async () => {
  server = await fileServer();
  path = join(mkdtempSync(join(root, 'case-')), 'weights.pth');
  heard = [];
});
afterEach(() => server.close());

const fetchFile = (changes: Partial<DownloadOptions> = {}) =>
  download({
    url: `${server.url}/weights.pth`,
    path,
    sha256: sha256Of(body),
    mostBytes: 1_000_000,
    allows: () => true,
    signal: new AbortController().signal,
    onProgress: (bytes, total) => heard.push({ bytes, total }),
    ...changes,
  });

/** A first attempt of which only so many bytes arrive. */
async function interrupted(after: number, etag?: string) {
  const { promise: arrived, resolve } = Promise.withResolvers<void>();
  server.serve({ body, etag, cut: { after, arrived } });
  const onProgress = (bytes: number) => {
    if (bytes === after) resolve();
  };
  await expect(fetchFile({ onProgress })).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
  expect(existsSync(path)).toBe(false);
  expect(readFileSync(`${path}.partial`)).toEqual(body.subarray(0, after));
  server.asked.length = 0;
}

const left = () => [path, `${path}.partial`, `${path}.partial.json`].filter((each) => existsSync(each));

test('a file arrives whole, with its progress and its checksum', async () => {
  server.serve({ body, etag: '"one"' });
  expect(await fetchFile()).toEqual({ bytes: body.length, sha256: sha256Of(body) });
  expect(readFileSync(path)).toEqual(body);
  expect(left()).toEqual([path]);
  expect(heard[0]).toEqual({ bytes: 0, total: body.length });
  expect(heard.at(-1)).toEqual({ bytes: body.length, total: body.length });
  expect(server.asked[0]!.headers['accept-encoding']).toBe('identity');
});

test('the published beginning of a checksum is enough, and a file without one is taken', async () => {
  server.serve({ body, chunked: true });
  await fetchFile({ sha256: sha256Of(body).slice(0, 8) });
  expect(heard.at(-1)).toEqual({ bytes: body.length, total: null });
  await fetchFile({ sha256: null });
  expect(readFileSync(path)).toEqual(body);
});

test('a download cut off in the middle goes on where it stopped', async () => {
  await interrupted(100_000, '"one"');
  server.serve({ body, etag: '"one"' });
  await fetchFile();
  expect(server.asked).toHaveLength(1);
  expect(server.asked[0]!.headers).toMatchObject({ range: 'bytes=100000-', 'if-range': '"one"' });
  expect(readFileSync(path)).toEqual(body);
  expect(heard).toContainEqual({ bytes: 100_000, total: body.length });
  expect(left()).toEqual([path]);
});

test('nothing is glued to a beginning that was damaged, was never noted, or is of an earlier version', async () => {
  const damage: (() => void)[] = [
    () => writeFileSync(`${path}.partial`, readFileSync(`${path}.partial`).fill(1, 5000, 5001)),
    () => writeFileSync(`${path}.partial`, readFileSync(`${path}.partial`).subarray(0, 100_000)),
    () =>
      writeFileSync(`${path}.partial.json`, JSON.stringify({ url: `${server.url}/weights.pth`, validator: '"one"' })),
  ];
  for (const change of damage) {
    await interrupted(123_456, '"one"');
    change();
    server.serve({ body, etag: '"one"' });
    await fetchFile({ sha256: null });
    expect(server.asked[0]!.headers.range).toBeUndefined();
    expect(readFileSync(path)).toEqual(body);
    expect(readFileSync(`${path}.sha256`, 'utf8')).toBe(sha256Of(body));
    rmSync(path);
  }
});

test('a server that does not serve parts is asked for all of it', async () => {
  await interrupted(100_000, '"one"');
  server.serve({ body, etag: '"one"', ranges: false });
  await fetchFile();
  expect(readFileSync(path)).toEqual(body);
});

test('a file that changed in the meantime is not glued to the beginning of the old one', async () => {
  await interrupted(100_000, '"one"');
  const changed = content(250_000, 9);
  server.serve({ body: changed, etag: '"two"' });
  await fetchFile({ sha256: sha256Of(changed) });
  expect(readFileSync(path)).toEqual(changed);
});

test('without a tag that vouches for the bytes, a download starts again', async () => {
  await interrupted(100_000, 'W/"one"');
  server.serve({ body, etag: 'W/"one"' });
  await fetchFile();
  expect(server.asked[0]!.headers.range).toBeUndefined();
  expect(readFileSync(path)).toEqual(body);
});

test('a partial file as long as the whole one is fetched again if its end is not confirmed', async () => {
  await interrupted(100_000, '"one"');
  const other = content(body.length, 5);
  writeFileSync(`${path}.partial`, other);
  const state = JSON.parse(readFileSync(`${path}.partial.json`, 'utf8'));
  writeFileSync(`${path}.partial.json`, JSON.stringify({ ...state, bytes: other.length, crc32: crc32(other) }));
  server.serve({ body, etag: '"one"' });
  await fetchFile();
  expect(server.asked.map(({ headers }) => headers.range)).toEqual([`bytes=${body.length}-`, undefined]);
  expect(readFileSync(path)).toEqual(body);
});

test('a part other than the one asked for is refused', async () => {
  await interrupted(100_000, '"one"');
  server.answer('/weights.pth', (response) =>
    response.writeHead(206, { 'content-range': `bytes 5-${body.length - 1}/${body.length}` }).end(body.subarray(5)),
  );
  await expect(fetchFile()).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
  expect(existsSync(path)).toBe(false);
});

test('a file with another checksum is thrown away, and a good one that lies there stays', async () => {
  writeFileSync(path, 'good');
  server.serve({ body: content(300_000, 7), etag: '"one"' });
  const failure = await fetchFile().catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'CHECKSUM_MISMATCH', details: { expected: sha256Of(body) } });
  expect(readFileSync(path, 'utf8')).toBe('good');
  expect(left()).toEqual([path]);
});

test.each([
  ['announced', false],
  ['unannounced', true],
])('a file larger than expected is refused, its size %s', async (_how, chunked) => {
  server.serve({ body, chunked });
  await expect(fetchFile({ mostBytes: 200_000 })).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
  expect(existsSync(path)).toBe(false);
});

test('a file that is gone says so', async () => {
  server.answer('/weights.pth', (response) => response.writeHead(404).end('not here'));
  const failure = await fetchFile().catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'DOWNLOAD_FAILED', message: expect.stringContaining('404') });
  expect(left()).toEqual([]);
});

test('without a connection it says that the server cannot be reached', async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  const failure = await fetchFile({ url: `http://127.0.0.1:${port}/weights.pth` }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'DOWNLOAD_FAILED', message: expect.stringContaining('cannot be reached') });
});

test('only encrypted addresses are asked, of redirections too', async () => {
  expect(encryptedOnly(new URL('https://example.org/a'))).toBe(true);
  await expect(fetchFile({ allows: encryptedOnly })).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
  expect(server.asked).toEqual([]);

  server.serve({ body });
  server.answer('/moved', (response) => response.writeHead(302, { location: '/weights.pth' }).end());
  await fetchFile({ url: `${server.url}/moved` });
  expect(readFileSync(path)).toEqual(body);

  server.asked.length = 0;
  const allows = ({ pathname }: URL) => pathname === '/moved';
  await expect(fetchFile({ url: `${server.url}/moved`, allows })).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
  expect(server.asked.map((each) => each.path)).toEqual(['/moved']);
});

test('redirections in a circle end', async () => {
  server.answer('/weights.pth', (response) => response.writeHead(301, { location: '/weights.pth' }).end());
  await expect(fetchFile()).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
  expect(server.asked.length).toBeLessThan(20);
});

test('a stopped download keeps what has arrived', async () => {
  const stop = new AbortController();
  server.answer('/weights.pth', (response) => {
    response.writeHead(200, { 'content-length': body.length, etag: '"one"' });
    response.write(body.subarray(0, 50_000));
  });
  const failure = await fetchFile({
    signal: stop.signal,
    onProgress: (bytes) => {
      if (bytes === 50_000) stop.abort();
    },
  }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'CANCELLED' });
  expect(readFileSync(`${path}.partial`)).toEqual(body.subarray(0, 50_000));
});

test.skipIf(!existsSync('/dev/full'))('a full disk is called that', async () => {
  symlinkSync('/dev/full', `${path}.partial`);
  server.serve({ body });
  await expect(fetchFile()).rejects.toMatchObject({ code: 'DISK_FULL' });
  expect(existsSync(path)).toBe(false);
});
