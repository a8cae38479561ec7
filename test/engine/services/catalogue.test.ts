import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CatalogueEntry } from '../../../src-main/contract/catalogue.ts';
import { contract } from '../../../src-main/contract/index.ts';
import { bundledFile, catalogue } from '../../../src-main/engine/catalogue/entries.ts';
import {
  addBundledSources,
  addLackingSources,
  catalogueFileHandlers,
} from '../../../src-main/engine/services/catalogue.ts';
import { sourceFileHandlers } from '../../../src-main/engine/services/sources.ts';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { smallStudy } from '../../support/pictures.ts';
import { services } from './inProcess.ts';
import { content, fileServer, sha256Of } from '../catalogue/server.ts';

const body = content(50_000);

async function setUp(changes: Partial<CatalogueEntry> = {}) {
  const server = await fileServer();
  const workspace = openWorkspace(temporaryFolder());
  onTestFinished(async () => {
    workspace.close();
    await server.close();
  });
  const entry: CatalogueEntry = {
    ...catalogue.find(({ id }) => id === 'torchvision-resnet18-v1')!,
    id: 'here',
    bytes: body.length,
    sha256: sha256Of(body).slice(0, 8),
    download: `${server.url}/weights.pth`,
    ...changes,
  };
  const handlers = catalogueFileHandlers(workspace, { entries: [entry], allows: () => true });
  const heard: { bytes: number; total: number | null }[] = [];
  const fetchEntry = async (id = 'here') =>
    contract['catalogue.download'].output.parse(
      await handlers['catalogue.download'](
        { id, again: false },
        { signal: new AbortController().signal, progress: (event) => heard.push(event) },
      ),
    );
  return { server, workspace, entry, handlers, heard, fetchEntry };
}

test('a file is downloaded once, and then taken from where it lies without a connection', async () => {
  const { server, workspace, entry, fetchEntry, heard } = await setUp();
  server.serve({ body });
  const first = await fetchEntry();
  expect(first).toEqual({
    file: join(workspace.paths.downloads, `here-${entry.file}`),
    bytes: body.length,
    sha256: sha256Of(body),
    verified: true,
  });
  expect(heard.at(-1)).toEqual({ bytes: body.length, total: body.length });
  await server.close();
  expect(await fetchEntry()).toEqual(first);
});

test('a damaged file that lies there is fetched again', async () => {
  const { server, workspace, entry, fetchEntry } = await setUp();
  const path = join(workspace.paths.downloads, `here-${entry.file}`);
  mkdirSync(workspace.paths.downloads, { recursive: true });
  writeFileSync(path, 'damaged');
  server.serve({ body });
  await fetchEntry();
  expect(readFileSync(path)).toEqual(body);
});

test('without a published checksum the file is not called verified, and an unknown size has a bound', async () => {
  const { server, fetchEntry } = await setUp({ sha256: null, bytes: null });
  server.serve({ body });
  expect(await fetchEntry()).toMatchObject({ verified: false, sha256: sha256Of(body) });
});

test('a file larger than the entry says is refused', async () => {
  const { server, fetchEntry } = await setUp({ bytes: 40_000 });
  server.serve({ body });
  await expect(fetchEntry()).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
});

test('asked twice at the same time, the second is refused', async () => {
  const { server, fetchEntry } = await setUp();
  server.serve({ body });
  const both = await Promise.allSettled([fetchEntry(), fetchEntry()]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('an entry without a download, and an unknown one, are refused with what to do', async () => {
  const { fetchEntry, entry } = await setUp({ download: null });
  await expect(fetchEntry()).rejects.toMatchObject({
    code: 'DOWNLOAD_FAILED',
    remedy: expect.stringContaining(entry.page) as string,
  });
  await expect(fetchEntry('nothing')).rejects.toMatchObject({ code: 'CATALOGUE_UNKNOWN' });
});

test('the real catalogue asks encrypted addresses alone', async () => {
  const { workspace, server, entry } = await setUp();
  const handlers = catalogueFileHandlers(workspace, { entries: [entry] });
  const call = { signal: new AbortController().signal, progress: () => {} };
  await expect(handlers['catalogue.download']({ id: 'here', again: false }, call)).rejects.toMatchObject({
    code: 'DOWNLOAD_FAILED',
  });
  expect(server.asked).toEqual([]);
});

test('a file that is not the one of the entry it is said to be is refused before it is read as weights', async () => {
  const { workspace } = await setUp();
  const file = join(temporaryFolder(), 'resnet18-f37072fd.pth');
  writeFileSync(file, body);
  const call = { signal: new AbortController().signal, progress: () => {} };
  const add = (catalogueId: string) =>
    sourceFileHandlers(workspace)['source.add'](
      contract['source.add'].input.parse({ file, name: 'mine', catalogue: catalogueId }),
      call,
    );
  await expect(add('torchvision-resnet18-v1')).rejects.toMatchObject({ code: 'CHECKSUM_MISMATCH' });
  await expect(add('nothing')).rejects.toMatchObject({ code: 'CATALOGUE_UNKNOWN' });
});

test('a fresh workspace has the weights that come with the application, once, and a first run trains from them', async () => {
  const folder = temporaryFolder();
  const [workspace, study] = [join(folder, 'workspace'), join(folder, 'study')];
  const here = catalogue.filter((entry) => bundledFile(entry) !== null);
  const bundled = here.at(-1)!;

  const first = await services(workspace, { first: true });
  onTestFinished(first.close);
  const sources = await first.call('source.list', {});
  expect(
    sources.map(({ name, backbone, sha256, missing, catalogue: of }) => [name, backbone, sha256, missing, of]),
  ).toEqual(here.map(({ id, backbone, sha256 }) => [id, backbone, sha256, 0, id]));
  const source = sources.at(-1);
  const entries = await first.call('catalogue.list', {});
  expect(entries.filter((entry) => entry.source !== null)).toEqual(
    here.map((entry) => ({ ...entry, source: entry.id })),
  );
  expect(await first.call('catalogue.documents', { id: bundled.id })).toMatchObject({
    card: expect.stringContaining(bundled.sha256!) as string,
  });

  await smallStudy(study, { patients: 16 });
  const run = await first.train({
    data: { folder: study, groupPattern: '(p\\d+)_' },
    backbone: bundled.backbone,
    source: source!.name,
    cut: 'block_2_add',
    input: 48,
    epochs: 1,
    batch: 16,
  });
  const ended = await run.end;
  expect(ended).toMatchObject({ status: 'completed', error: null });
  expect(ended.epochs[0]!.validationAuroc).not.toBeNull();
  await first.close();

  const second = await services(workspace);
  onTestFinished(second.close);
  expect(await second.call('source.list', {})).toEqual(sources);
}, 60_000);

test('a workspace where a source has taken the name opens all the same', async () => {
  const { workspace } = await setUp();
  const bundled = catalogue.find((entry) => entry.bundled !== null && !entry.fetched)!;
  const call = { signal: new AbortController().signal, progress: () => {} };
  const own = { file: bundledFile(bundled)!, name: bundled.id.toUpperCase(), partial: false };
  const { source } = await sourceFileHandlers(workspace)['source.add'](own, call);
  await addBundledSources(workspace);
  const { sources } = workspace.store;
  expect(sources.list().filter((each) => each.backbone === bundled.backbone)).toEqual([source]);
});

test('what comes with the application and could not be written when the workspace was opened is added when sources are listed', async () => {
  const opened = openWorkspace(temporaryFolder());
  onTestFinished(() => opened.close());
  // A file where the folder should be, as a disk without space has none.
  const workspace = { ...opened, paths: { ...opened.paths, sources: join(opened.folder, 'cutpoint.db') } };
  await addBundledSources(workspace);
  expect(opened.store.sources.list()).toEqual([]);
  const list = async () => {
    await addLackingSources(workspace);
    return workspace.store.sources.list();
  };
  expect(await list()).toEqual([]);
  Object.assign(workspace.paths, { sources: opened.paths.sources });
  const bundled = catalogue.filter((entry) => bundledFile(entry) !== null).map(({ id }) => id);
  expect((await list()).map(({ name }) => name).sort()).toEqual(bundled.sort());
});
