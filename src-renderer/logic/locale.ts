import { shallowRef } from 'vue';

/** British English and German differ in their marks of decimals and thousands; both write days before months. */
const TAGS = { en: 'en-GB', de: 'de-DE' } as const;

const tag = shallowRef<string>(TAGS.en);
const formats = new Map<string, Intl.NumberFormat>();

/** What stands where there is no number to write. */
const words = shallowRef({ unknown: '–', notDefined: '–', underASecond: '< 1 s' });
export const noNumber = () => words.value;

/** Numbers and dates are written as in this language from now on, and its words where there is no number. */
export function numbersIn(language: keyof typeof TAGS, own = words.value): void {
  tag.value = TAGS[language];
  words.value = own;
}

/** The language in which numbers are written, as a BCP 47 tag; reactive. */
export const localeTag = (): string => tag.value;

/** A number in the language of the window. Formatters are kept: making one takes longer than using it. */
export function written(value: number, options: Intl.NumberFormatOptions = {}): string {
  const key = `${tag.value} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(tag.value, options)));
  return format.format(value);
}

/** `1,204.5` as English writes it, with the marks of the language and as many digits. */
export function decimals(english: string): string {
  const marks = new Map(
    new Intl.NumberFormat(tag.value).formatToParts(12345.6).map(({ type, value }) => [type, value]),
  );
  return english.replace(/[,.]/g, (mark) => marks.get(mark === ',' ? 'group' : 'decimal') ?? mark);
}

/** With so many decimals. */
export const fixed = (value: number, decimals: number): string =>
  written(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: false });
