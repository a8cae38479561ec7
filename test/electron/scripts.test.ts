import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

it('every script that a thread or a process starts is part of the built application', () => {
  const config = readFileSync(join(ROOT, 'electron.vite.config.ts'), 'utf8');
  const sources = readdirSync(join(ROOT, 'src-main'), { recursive: true, encoding: 'utf8' });
  const started = sources
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const file = join(ROOT, 'src-main', name);
      const scripts = readFileSync(file, 'utf8').matchAll(/new URL\(\s*'\.\/(\w+\.ts)'/g);
      return [...scripts].map(([, script]) => relative(ROOT, join(dirname(file), script!)).replaceAll('\\', '/'));
    });
  expect(started.length).toBeGreaterThan(4);
  expect(started.filter((script) => !config.includes(`path('${script}')`))).toEqual([]);
});
