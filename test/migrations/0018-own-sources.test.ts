import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import type { SourceOrigin } from '../../src-main/contract/origin.ts';
import type { SourceSummary } from '../../src-main/contract/source.ts';
import { listDamaged } from '../../src-main/engine/storage/damaged.ts';
import { openDatabase } from '../../src-main/engine/store/database.ts';
import { migrate, MIGRATIONS } from '../../src-main/engine/store/migrate.ts';
import { addSource, seenBySource } from '../../src-main/engine/store/queries/sources.ts';
import { openReader } from '../../src-main/engine/store/store.ts';
import { temporaryFolder } from '../support/folder.ts';

const counts = { images: 2, groups: 2 };
const figure = { value: 0.5, low: null, high: null };
const measured = { ...counts, accuracy: figure, auroc: figure };
const seen = randomBytes(32);
const origin: SourceOrigin = {
  ...{ run: 'r', nature: 'natural', parents: [] },
  data: {
    ...{ fingerprint: 'f', images: 6, grouping: 'image', grey: null },
    classes: [{ name: 'a', train: 1, validation: 1 }],
    split: { train: counts, validation: counts, test: counts },
  },
  seen: { images: 2, crc32: crc32(seen) },
  ...{ settings: [], epochs: { best: 1, done: 1, by: 'AUROC' }, validation: measured, test: null, testSealed: true },
};
const source = (name: string, own: SourceOrigin | null): SourceSummary => ({
  ...{ name, backbone: 'cbr_tiny', file: 'f', format: 'safetensors', sha256: 's', bytes: 1, addedAt: 'now' },
  ...{ matched: 1, missing: 0, parameters: 1, catalogue: null, preprocessing: null, origin: own },
});

test('a source of an earlier version was added from a file; one that was trained here keeps how, and what it has seen', async () => {
  const folder = temporaryFolder();
  const path = `${folder}/cutpoint.db`;
  const db = openDatabase(path);
  onTestFinished(() => void db.close());
  migrate(
    db,
    folder,
    MIGRATIONS.filter(({ version }) => version < 18),
  );
  db.exec(
    `INSERT INTO sources (name, backbone, file, format, sha256, bytes, added_at, matched, missing, parameters, weights_file)
     VALUES ('old', 'cbr_tiny', 'f', 'safetensors', 's', 1, 'now', 1, 0, 1, 'w')`,
  );
  migrate(db, folder);
  addSource(db, source('own', origin), { weightsFile: 'o', crc32: 1 }, seen);
  const { sources, storage } = openReader(db, folder);
  expect(sources.list()).toEqual([source('old', null), source('own', origin)]);
  expect(sources.seen('old')).toBeNull();
  expect(Buffer.from(sources.seen('own')!)).toEqual(seen);

  // A flipped bit of either is noticed.
  db.prepare('UPDATE sources SET seen = ? WHERE name = ?').run(seen.map((byte, at) => (at === 5 ? byte ^ 4 : byte)), 'own'); // prettier-ignore
  expect(() => seenBySource(db, 'own')).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
  db.prepare(`UPDATE sources SET origin = replace(origin, '"natural"', '"medical"') WHERE name = 'own'`).run();
  expect(sources.list()).toEqual([source('old', null)]);
  expect(await listDamaged({ storage })).toMatchObject([{ kind: 'source', id: 'own' }]);
});
