import { decimals } from '../logic/locale.ts';

/**
 * English sentences of the engine, and parts of them, with what they are in another language. `{1}` stands for anything
 * within a sentence, `{#1}` for a number, `{=1}` for what is in the phrasebook itself. Names stay as they are: what stands
 * behind an opening quotation mark, and a single word that is not asked for as one of the phrasebook. Other values are
 * looked up in turn, and numbers are written as the language does.
 */
export type Phrases = Readonly<Record<string, string>>;

interface Entry {
  shape: RegExp;
  /** What a text must hold to have the shape: found much faster than that. */
  longest: string;
  /** Letters that are given: of several entries that fit, the one with most of them says most. */
  given: number;
  /** What fills the shape, in its order. */
  places: readonly { number: string; kind: string; isName: boolean }[];
  words: string;
}

const PLACE = /\{([#=]?)(\d+)\}/;
/** Within a sentence: where one ends and another begins, there is another entry. */
const SHAPES: Readonly<Record<string, string>> = {
  '': String.raw`((?:(?![.!?] ["'‘\x60]?[\p{Lu}\d]).)*?)`,
  '#': String.raw`([-+−]?\d[\d.,]*(?:e[-+]\d+)?)`,
  '=': '(.+?)',
};
/** A name reaches to the quotation mark that ends it. */
const NAMES: Readonly<Record<string, string>> = { '"': '([^"]*)', '‘': '([^’]*)' };
const NUMBER = /^([-+−]?)(\d[\d,]*(?:\.\d+)?)((?:e[-+]\d+)?(?: ?(?:%|M|G|[kMGT]?B|s|ms|min|h))?)$/;
const SENTENCE_END = /(?<=[.!?]) (?=["'‘`]?[\p{Lu}\d])/u;
const BETWEEN = /(, |; )/;

/** @returns the words for a sentence of the engine; undefined where the book does not have all of it */
export function phrasebook(phrases: Phrases): (sentence: string) => string | undefined {
  const whole = new Map<string, string>();
  const entries: Entry[] = [];
  for (const [english, words] of Object.entries(phrases)) {
    if (PLACE.test(english)) entries.push(entryOf(english, words));
    else whole.set(english, words);
  }
  entries.sort((a, b) => b.given - a.given);

  const speak = (text: string): string | undefined => whole.get(text) ?? filled(text) ?? listed(text);

  /** The first entry whose shape it has, with its values in the other language. */
  function filled(text: string): string | undefined {
    for (const { shape, longest, places, words } of entries) {
      const found = text.includes(longest) ? shape.exec(text) : null;
      if (!found) continue;
      const values = places.map(({ kind, isName }, at) => {
        const value = found[at + 1]!;
        if (isName) return value;
        if (kind === '=') return sentences(value);
        return (isPhrase(value) ? sentences(value) : undefined) ?? valueOf(value);
      });
      if (values.includes(undefined)) continue;
      const byNumber = new Map(places.map(({ number }, at) => [number, values[at]!]));
      return words.replaceAll(/\{[#=]?(\d+)\}/g, (_, number: string) => byNumber.get(number) ?? '');
    }
    return undefined;
  }

  /** A list whose items are known, some at least. */
  function listed(text: string): string | undefined {
    const parts = text.split(BETWEEN);
    if (parts.length === 1) return undefined;
    const spoken = parts.map((part) => (isPhrase(part) ? (whole.get(part) ?? filled(part)) : undefined));
    if (spoken.every((part) => part === undefined)) return undefined;
    return parts.map((part, at) => spoken[at] ?? valueOf(part)).join('');
  }

  /** Several sentences one after the other, if all are known. */
  function sentences(text: string): string | undefined {
    if (text === '') return text;
    const own = speak(text);
    const parts = text.split(SENTENCE_END);
    if (own !== undefined || parts.length === 1) return own;
    const spoken = parts.map(speak);
    return spoken.includes(undefined) ? undefined : spoken.join(' ');
  }

  return sentences;
}

function entryOf(english: string, words: string): Entry {
  const parts = english.split(PLACE);
  let [shape, longest, given] = ['', '', 0];
  const places: Entry['places'][number][] = [];
  for (let at = 0; at < parts.length; at += 3) {
    const literal = parts[at]!;
    shape += literal.replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
    given += literal.length;
    if (literal.length > longest.length) longest = literal;
    const [kind, number] = [parts[at + 1], parts[at + 2]];
    if (kind === undefined || number === undefined) continue;
    places.push({ kind, number, isName: /["'‘“`]$/.test(literal) });
    shape += NAMES[literal.at(-1) ?? ''] ?? SHAPES[kind];
    // Of two entries with the same letters, the one that asks for more.
    if (kind !== '') given += 0.5;
  }
  return { shape: new RegExp(`^${shape}$`, 'su'), longest, given, places, words };
}

/** Not a word alone, which may be a name. */
const isPhrase = (text: string): boolean => /[\s"'‘]/.test(text);

/** `1,204` and `0.83` with the marks of the language; anything else as it is. */
function valueOf(text: string): string {
  const [, sign, digits, unit] = NUMBER.exec(text) ?? [];
  return digits === undefined ? text : `${sign}${decimals(digits)}${unit}`;
}
