import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resourcesFolder } from '../../../resources.ts';

export interface DictionaryEntry {
  vr: string;
  keyword: string;
  /** The Basic Application Level Confidentiality Profile (PS3.15, table E.1-1) removes or replaces its value. */
  confidential: boolean;
}

let entries: ReadonlyMap<string, DictionaryEntry> | undefined;
let byKeyword: ReadonlyMap<string, string> | undefined;

/** What PS3.6 says of an element. @param tag eight hexadecimal digits in lower case */
export function dictionaryEntry(tag: string): DictionaryEntry | undefined {
  entries ??= read();
  return entries.get(tag);
}

/** The tag of an element, by its keyword in whatever case. */
export function tagOf(keyword: string): string | undefined {
  entries ??= read();
  byKeyword ??= new Map([...entries].map(([tag, entry]) => [entry.keyword.toLowerCase(), tag]));
  return byKeyword.get(keyword.toLowerCase());
}

function read(): ReadonlyMap<string, DictionaryEntry> {
  const text = readFileSync(join(resourcesFolder(), 'dicom-dictionary.txt'), 'utf8');
  return new Map(
    text
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [tag, vr, keyword, star] = line.split(' ') as [string, string, string, string?];
        return [tag, { vr, keyword, confidential: star === '*' }];
      }),
  );
}
