/** Text that is HTML already, and is not escaped again. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Html | string | number | null | undefined | false | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }; // prettier-ignore

/** HTML of a template: whatever is put into it is escaped, unless it is HTML itself. Attributes are to be quoted. */
export function html({ raw: [first = '', ...rest] }: TemplateStringsArray, ...values: readonly Part[]): Html {
  return new Html(values.reduce<string>((text, value, at) => text + textOf(value) + rest[at]!, first));
}

function textOf(part: Part): string {
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return (part as readonly Part[]).map(textOf).join('');
  if (typeof part === 'number') return Number.isFinite(part) ? String(part) : NOT_KNOWN;
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
  return '';
}

/** In place of a number that there is none. */
export const NOT_KNOWN = '–';
