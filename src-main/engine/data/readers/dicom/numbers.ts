import type { DataSet, Element } from 'dicom-parser';

export interface Numbers {
  values: number[];
  /** Not written as the standard has it: another value type, or a comma for the decimal point or between values. */
  odd: boolean;
}

/** Longer than any list of windows; what is longer is no number. */
const MOST_BYTES = 4096;

const BINARY: Readonly<
  Record<string, [size: number, read: 'uint16' | 'int16' | 'uint32' | 'int32' | 'float' | 'double']>
> = {
  US: [2, 'uint16'],
  SS: [2, 'int16'],
  UL: [4, 'uint32'],
  SL: [4, 'int32'],
  FL: [4, 'float'],
  FD: [8, 'double'],
};

/**
 * The values of an element that should be decimal text (DS), whatever value type it has: numbers in binary, or text of
 * any type. Values are apart by backslashes; one comma in a value is taken as its decimal point, several as separators.
 * Undefined where the element is missing or empty; `values` is empty where it holds no numbers.
 */
export function readNumbers(data: DataSet, tag: string): Numbers | undefined {
  const element = data.elements[tag];
  if (!element || element.length === 0) return undefined;
  const binary = BINARY[element.vr ?? ''];
  if (binary) {
    const [size, read] = binary;
    const values = Array.from({ length: Math.floor(Math.min(element.length, MOST_BYTES) / size) }, (_, index) =>
      data[read](tag, index),
    );
    return { values: finite(values), odd: true };
  }
  if (element.length > MOST_BYTES) return { values: [], odd: true };
  const text = data.string(tag)?.replaceAll('\0', '').trim() ?? '';
  if (text === '') return isBlank(data, element) ? undefined : { values: [], odd: true };
  const parts = text.split('\\').flatMap((part) => (part.split(',').length > 2 ? part.split(',') : [part]));
  const values = parts.map((part) => decimal(part.trim().replace(',', '.')));
  return { values: finite(values), odd: text.includes(',') || !['DS', 'IS', undefined].includes(element.vr) };
}

/** Binary numbers under implicit VR are no text, but may begin with a zero, where texts end. */
function isBlank({ byteArray }: DataSet, { dataOffset, length }: Element): boolean {
  return byteArray.subarray(dataOffset, dataOffset + length).every((byte) => byte === 0 || byte === 0x20);
}

/** The first value of an element, as {@link readNumbers} reads it. */
export function readNumber(data: DataSet, tag: string): number | undefined {
  return readNumbers(data, tag)?.values[0];
}

function decimal(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}

/** Up to the first that is no number: those behind it could stand in another's place. */
function finite(values: (number | undefined)[]): number[] {
  const end = values.findIndex((value) => value === undefined || !Number.isFinite(value));
  return values.slice(0, end < 0 ? values.length : end) as number[];
}
