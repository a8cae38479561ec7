import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { shippedPackages } from '../../scripts/notices/packages.mjs';

const root = resolve(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');

test('the third-party notices list every package that is delivered, with its version and licence, and no other', () => {
  const packages: { name: string; version: string; licence: string }[] = shippedPackages(
    JSON.parse(read('package-lock.json')),
  );
  const expected = new Set(packages.map(({ name, version, licence }) => `${name} ${version} (${licence})`));
  const [, list = ''] = read('THIRD_PARTY_NOTICES.txt').split(/^Packages\n-+\n/m);
  expect(list.split('\n\n')[0]!.split('\n')).toEqual([...expected].sort());
});

test('no document or message tells to run `npx cutpoint`, which outside this folder fetches a package of that name', () => {
  const pages = ['.', 'docs'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  );
  expect(pages.length).toBeGreaterThan(10);
  for (const name of [...pages, 'scripts/setup/tensorflow.mjs']) expect(read(name)).not.toContain('npx cutpoint');
});
