import { createI18n } from 'vue-i18n';
import { numbersIn } from '../logic/locale.ts';
import en from './en/index.ts';
import { phrasebook } from './phrasebook.ts';

/** All words of the window. Each room has a file of them per language; the compiler holds the files in the same shape. */
export type Text = Widened<typeof en>;
type Widened<T> = { readonly [K in keyof T]: T[K] extends string ? string : Widened<T[K]> };
/** What one file of another language must hold. */
export type Translation<T> = Widened<T>;

/** `data.grid.empty`: the way to one message. */
export type TextKey = Leaves<Text>;
type Leaves<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}` }[keyof T & string];

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

export const words = createI18n({
  legacy: false,
  locale: 'en' as Language,
  fallbackLocale: 'en',
  messages: { en } as never,
});
const composer = words.global as unknown as {
  locale: { value: string };
  availableLocales: string[];
  setLocaleMessage(language: string, messages: Text): void;
  t(key: string, ...rest: unknown[]): string;
};

/** What the engine says in English, by language, in the words of that language; undefined: there are none for it. */
const books = new Map<string, (sentence: string) => string | undefined>();
/** Each is looked up once; lists hold thousands. */
const spoken = new Map<string, string | undefined>();

/** Shows the window in a language, numbers and dates too; its words are loaded when they are first asked for. */
export async function speak(language: Language): Promise<void> {
  if (!composer.availableLocales.includes(language)) {
    const [text, phrases] = await Promise.all([import('./de/index.ts'), import('./de/engine/index.ts')]);
    composer.setLocaleMessage(language, text.default);
    books.set(language, phrasebook(phrases.default));
  }
  spoken.clear();
  composer.locale.value = language;
  document.documentElement.lang = language;
  writeNumbers(language);
}

const writeNumbers = (language: Language): void =>
  numbersIn(language, {
    unknown: t('common.unknown'),
    notDefined: t('common.notDefined'),
    underASecond: t('common.underASecond'),
  });

export const language = (): Language => composer.locale.value as Language;

type Named = Readonly<Record<string, string | number>>;

/**
 * A message in the language of the window; what calls it in a template or a computed follows a change of language.
 * @param named what stands for the places in braces; `n` also chooses among the forms `none | one | many`
 */
export function t(key: TextKey, named: Named = {}): string {
  return typeof named.n === 'number' ? composer.t(key, named, named.n) : composer.t(key, named);
}

/** A sentence of the engine in the language of the window; undefined where it has no words for it. */
export function translated(sentence: string): string | undefined {
  const book = books.get(language());
  if (!book) return sentence;
  if (!spoken.has(sentence)) spoken.set(sentence, book(sentence));
  return spoken.get(sentence);
}

/** The same; as the engine wrote it where there are no words for it, as in what earlier versions stored. */
export const said = (sentence: string): string => translated(sentence) ?? sentence;

writeNumbers('en');

/** Whether there is such a message: of keys that are made from data, as codes of errors are. */
export const hasText = (key: string): key is TextKey => key.split('.').reduce<unknown>(inside, en) !== undefined;
const inside = (text: unknown, part: string): unknown =>
  typeof text === 'object' && text !== null && Object.hasOwn(text, part)
    ? (text as Record<string, unknown>)[part]
    : undefined;
