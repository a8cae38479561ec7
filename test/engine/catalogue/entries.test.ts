import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findBackbone } from '../../../src-main/backbone/zoo/index.ts';
import { catalogueEntry } from '../../../src-main/contract/catalogue.ts';
import { bundledFile, catalogue, documentsOf, findEntry } from '../../../src-main/engine/catalogue/entries.ts';
import { importWeights } from '../../../src-main/engine/weights/import.ts';

describe.each(catalogue.map((entry) => [entry.id, entry] as const))('%s', (_id, entry) => {
  test('says what it is and where to obtain it', () => {
    expect(() => findBackbone(entry.backbone)).not.toThrow();
    expect(catalogueEntry.parse(entry)).toEqual(entry);
    for (const words of [entry.title, entry.trainedOn, entry.licence, entry.paper, entry.file, entry.notes]) {
      expect(words.trim()).toBe(words);
      expect(words).not.toBe('');
    }
    if (entry.bundled === null) expect(new URL(entry.page).protocol).toBe('https:');
    if (entry.download !== null) {
      const { protocol, pathname } = new URL(entry.download);
      expect(protocol).toBe('https:');
      expect(pathname.endsWith(`/${entry.file}`)).toBe(true);
    }
  });

  test('states a checksum as it was published', () => {
    const { sha256, file, bundled } = entry;
    if (sha256 === null) return;
    expect(sha256).toMatch(/^([0-9a-f]{8}|[0-9a-f]{64})$/);
    // torchvision puts the first eight digits into the name.
    if (bundled === null && sha256.length === 8) expect(file).toContain(`-${sha256}.`);
  });

  test('expects what the weights of its backbone do, unless they were trained on other pictures', () => {
    const { mean, std } = findBackbone(entry.backbone).preprocessing;
    if (entry.domain === 'natural') expect(entry.preprocessing).toEqual({ mean, std });
    expect(entry.preprocessing.std.every((value) => value > 0)).toBe(true);
  });
});

test('ids are unique, and an unknown one is refused', () => {
  expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
  expect(() => findEntry('nothing')).toThrow(expect.objectContaining({ code: 'CATALOGUE_UNKNOWN' }));
});

const bundled = catalogue.filter((entry) => entry.bundled !== null);

test('the weights that come with the application are there, whole and small, but those that set-up could not fetch', async () => {
  expect(bundled.map(({ id, fetched }) => [id, fetched])).toEqual([
    ['efficientnet-lite0', true],
    ['formula-pictures', false],
  ]);
  for (const entry of bundled) {
    const file = bundledFile(entry);
    if (file === null) {
      console.log(`skipped: set-up has not fetched ${entry.file}`);
      expect(entry.fetched).toBe(true);
      continue;
    }
    expect(statSync(file).size).toBe(entry.bytes);
    expect(entry.bytes).toBeLessThan(entry.fetched ? 20_000_000 : 10_000_000);
    expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(entry.sha256);
    const { report } = await importWeights(file, findBackbone(entry.backbone), { partial: false });
    expect([report.missing, report.mismatched, report.unexpected]).toEqual([[], [], []]);
    const { licence } = await documentsOf(entry);
    if (entry.fetched) expect(licence).toContain('Apache');
  }
});

test.each(bundled)('the card of $id names the file that it is about, and its licence', async (entry) => {
  const { card } = await documentsOf(entry);
  for (const fact of [entry.sha256!, entry.bytes!.toLocaleString('en'), 'Apache-2.0']) expect(card).toContain(fact);
});
