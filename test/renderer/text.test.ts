// @vitest-environment happy-dom
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { bytes, count, duration, metric, moment, parameters } from '../../src-renderer/logic/format.ts';
import { speak, t } from '../../src-renderer/text/index.ts';
import de from '../../src-renderer/text/de/index.ts';
import en from '../../src-renderer/text/en/index.ts';

afterEach(() => speak('en'));

/** All messages of a language by their keys. */
function messages(text: object, before = ''): [key: string, message: string][] {
  return Object.entries(text).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' ? [[before + name, value]] : messages(value as object, `${before}${name}.`),
  );
}
const english = messages(en);
const german = new Map(messages(de));
const places = (message: string): string[] => [...new Set(message.match(/\{\w+\}/g))].sort();
const forms = (message: string): number => message.split(' | ').length;

describe('the words of the window', () => {
  it('are the same ones in both languages, with the same places for values and the same numbers of forms', () => {
    expect([...german.keys()].sort()).toEqual(english.map(([key]) => key).sort());
    const differing = english.filter(([key, message]) => {
      const other = german.get(key)!;
      return places(message).join() !== places(other).join() || forms(message) !== forms(other);
    });
    expect(differing).toEqual([]);
  });

  it('have no message that is empty, and none that is the other language by mistake', () => {
    for (const [key, message] of [...english, ...german]) expect(message.trim(), key).not.toBe('');
    // Sentences: names and single terms may be the same.
    const same = english.filter(([key, message]) => message.split(' ').length > 3 && german.get(key) === message);
    expect(same).toEqual([]);
  });

  it('are all understood by the library in both languages, whatever stands in them', async () => {
    for (const language of ['en', 'de'] as const) {
      await speak(language);
      for (const [key, message] of english) {
        const values = Object.fromEntries(places(message).map((name) => [name.slice(1, -1), 3]));
        const shown = t(key as never, values);
        expect(shown, key).not.toContain('{');
        expect(shown, key).not.toBe(key);
      }
    }
  });

  it('count', async () => {
    expect([t('home.runs', { n: 1 }), t('home.runs', { n: 3 })]).toEqual(['1 run', '3 runs']);
    await speak('de');
    expect([t('home.runs', { n: 1 }), t('home.runs', { n: 0 })]).toEqual(['1 Lauf', '0 Läufe']);
    expect(document.documentElement.lang).toBe('de');
  });

  it('are all asked for somewhere', () => {
    const source = resolve(import.meta.dirname, '../../src-renderer');
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
      (name) => /\.(vue|ts)$/.test(name) && !/^text.(en|de)/.test(name),
    );
    const text = files.map((name) => readFileSync(join(source, name), 'utf8')).join('\n');
    // Keys may be made from data: `jobs.status.${status}`.
    const made = [...text.matchAll(/`((?:\w+\.)+(?:[\w.]|\$\{[^}]*\})*)`/g)].map(
      ([, key]) => new RegExp(`^${key!.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[\\w-]+')}$`),
    );
    const unused = english.filter(
      ([key]) => !text.includes(`'${key}'`) && !text.includes(`"${key}"`) && !made.some((pattern) => pattern.test(key)),
    );
    expect(unused.map(([key]) => key)).toEqual([]);
  });
});

describe('numbers', () => {
  it('are written as in the language of the window', async () => {
    const all = () => [
      count(12_345),
      metric(0.9126),
      metric(0.99999),
      parameters(3_212_000),
      bytes(1_234_567),
      duration(4.25),
    ];
    expect(all()).toEqual(['12,345', '0.913', '> 0.999', '3.21 M', '1.23 MB', '4.3 s']);
    await speak('de');
    expect(all()).toEqual(['12.345', '0,913', '> 0,999', '3,21 M', '1,23 MB', '4,3 s']);
    expect(moment('2026-03-02T10:05:00Z')).toMatch(/^2\. März 2026,? /);
  });
});
