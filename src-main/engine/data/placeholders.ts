/** What stands for a patient identifier that was removed, in the words of anonymisers, forms and tables. */
const PLACEHOLDER =
  /^(anon|anonym|anonymous|anonymi[sz]ed|anonymousp?|pseudonym|deidentified|deid|removed|redacted|hidden|masked|confidential|unknown|unk|undefined|unnamed|noname|noid|nopatient|none|null|nil|na|nan|empty|blank|default|dummy|test|testpatient|patient|patientid|subject|id|name|x+|0+|9{3,}|123|1234|12345|123456|)(patient|subject|id|name)?$/;

/** Identifiers that are numbers may begin at 0. */
const NUMBER = /^\d+$/;

/** The same for upper and lower case, and without spaces and punctuation; `undefined` where it is no placeholder. */
function placeholderIn(value: string): string | undefined {
  const bare = value.normalize('NFKC').toLowerCase().replace(/[\s^_.,:;/\\?*#<>()[\]{}-]+/g, ''); // prettier-ignore
  return PLACEHOLDER.test(bare) ? bare : undefined;
}

export interface Placeholders {
  /** The identifiers that are left; undefined where there is none. */
  identifiers: (string | undefined)[];
  /** Images whose identifier is a placeholder, and how it is written; null: one and the same, but of no known spelling. */
  replaced: { images: number; spelling: string | null } | null;
}

/**
 * Takes out what is no identifier: known placeholders, and one and the same value for everything.
 * @param single whether one value for all images is a placeholder too, as where they are of several classes
 */
export function withoutPlaceholders(values: readonly (string | undefined)[], single: boolean): Placeholders {
  const given = values.filter((value) => value !== undefined);
  const distinct = [...new Set(given)];
  const numbers = distinct.filter((value) => NUMBER.test(value)).length;
  const isPlaceholder = (value: string): boolean => {
    const bare = placeholderIn(value);
    return bare !== undefined && !(NUMBER.test(bare) && numbers > 2);
  };
  const found = new Set(distinct.filter(isPlaceholder));
  const same =
    single && found.size === 0 && distinct.length === 1 && given.length === values.length && given.length > 1;
  if (found.size === 0 && !same) return { identifiers: [...values], replaced: null };
  const taken = (value: string | undefined) => value !== undefined && (same || found.has(value));
  const [spelling] = found;
  return {
    identifiers: values.map((value) => (taken(value) ? undefined : value)),
    replaced: { images: values.filter(taken).length, spelling: spelling ?? null },
  };
}

/** Identifiers that differ in case, width or spaces only are one; the first spelling stands for all. */
export function unified(values: readonly (string | undefined)[]): {
  identifiers: (string | undefined)[];
  /** Spellings that were joined with another, and identifiers that differ from another in leading zeros only. */
  joined: number;
  alike: number;
} {
  const distinct = [...new Set(values.filter((value) => value !== undefined))].sort();
  const byForm = Map.groupBy(distinct, (value) => value.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase());
  const first = new Map([...byForm.values()].flatMap((own) => own.map((value) => [value, own[0]!] as const)));
  const bare = Map.groupBy(byForm.keys(), (form) => form.replace(/(?<!\d)0+(?=\d)/g, ''));
  return {
    identifiers: values.map((value) => value && first.get(value)),
    joined: distinct.length - byForm.size,
    alike: [...bare.values()].reduce((sum, own) => sum + (own.length > 1 ? own.length : 0), 0),
  };
}
