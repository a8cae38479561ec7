import { CutpointError } from '../../../contract/errors.ts';
import { MOST_MASK_VALUE, type MaskAgreement } from '../../../contract/masks.ts';
import { listed } from '../labels.ts';

/** Values that a refusal lists in its sentence, and in its details. */
const MOST_LISTED = 12;
const MOST_IN_DETAILS = 256;

type Side = 'truth' | 'other';
type Named = readonly { value: number; name: string }[];

/** A class of pixels. */
export interface MaskClassValues {
  /** Undefined of the only class there is, which nobody named. */
  name: string | undefined;
  /** 1 for each value that belongs to it. */
  member: Uint8Array;
}

/** What every value means. Without names 0 is background, and all others are of one class: see {@link MaskValues.unnamed}. */
export function classesOf(named: Named | undefined): MaskClassValues[] {
  if (named === undefined) return [{ name: undefined, member: new Uint8Array(MOST_MASK_VALUE + 1).fill(1, 1) }];
  return [...Map.groupBy(named, ({ name }) => name)].map(([name, own]) => {
    const member = new Uint8Array(MOST_MASK_VALUE + 1);
    for (const { value } of own) member[value] = 1;
    return { name, member };
  });
}

/** The values of masks, counted as they are read. */
export class MaskValues {
  readonly #named: Named | undefined;
  readonly #found = new Map<number, Record<Side, { pixels: number; masks: number }>>();

  constructor(named: Named | undefined) {
    this.#named = named;
  }

  count(side: Side, values: Uint16Array): void {
    const pixels = new Uint32Array(MOST_MASK_VALUE + 1);
    for (const value of values) pixels[value]! += 1;
    for (let value = 0; value < pixels.length; value++) {
      if (pixels[value] === 0) continue;
      const none = () => ({ pixels: 0, masks: 0 });
      const counts = this.#found.get(value) ?? { truth: none(), other: none() };
      counts[side].pixels += pixels[value]!;
      counts[side].masks += 1;
      this.#found.set(value, counts);
    }
  }

  /** Values of which it is not known what they mean: without names, all beside 0 where there are several. */
  unnamed(): number[] {
    const values = [...this.#found.keys()].filter((value) => value !== 0).sort((a, b) => a - b);
    if (this.#named === undefined) return values.length > 1 ? values : [];
    const known = new Set(this.#named.map(({ value }) => value));
    return values.filter((value) => !known.has(value));
  }

  /** @throws CutpointError INPUT_INVALID where a value is unnamed, and where all that was found without names is background */
  requireNamed(): void {
    const unnamed = this.unnamed();
    if (unnamed.length > 0) {
      const counts = unnamed.map((value) => {
        const { truth, other } = this.#found.get(value)!;
        return `${value} (${(truth.pixels + other.pixels).toLocaleString('en')} px)`;
      });
      throw new CutpointError(
        'INPUT_INVALID',
        `Nobody named these values of the masks: ${listed(counts, MOST_LISTED)}.`,
        {
          remedy:
            'Name each with --class, such as `--class 1=lung 2=heart`; values of one name are one class. 0 is background.',
          details: { values: unnamed.slice(0, MOST_IN_DETAILS) },
        },
      );
    }
    if (this.#named === undefined && [...this.#found.keys()].every((value) => value === 0))
      throw new CutpointError('INPUT_INVALID', 'All masks are 0 everywhere: there is no class to compare.', {
        remedy: 'Choose folders with masks that are not empty.',
      });
  }

  /** All values with their classes, ascending; once they are named. */
  listed(): MaskAgreement['values'] {
    const nameOf = (value: number): string | null =>
      this.#named === undefined ? (value === 0 ? null : String(value)) : (this.#named.find((each) => each.value === value)?.name ?? null); // prettier-ignore
    return [...this.#found]
      .sort(([a], [b]) => a - b)
      .map(([value, counts]) => ({ value, class: nameOf(value), ...counts }));
  }
}
