import type { DataSet } from 'dicom-parser';
import { sourcesOf } from './grey.ts';
import { readNumber, readNumbers } from './numbers.ts';

/** Plane Position and Plane Orientation Sequence of enhanced objects. */
const GROUPS = { position: 'x00209113', orientation: 'x00209116' } as const;
/** Image Position (Patient), Image Orientation (Patient), Instance Number. */
const TAGS = { position: 'x00200032', orientation: 'x00200037', number: 'x00200013' } as const;
/** Direction cosines of scanners are rounded: of length 1, and at right angles, to so much. */
const ALMOST = 0.01;

/** Where an image lies in its series; nothing that could identify a patient. */
export interface Slice {
  /** Along the normal of its plane, in millimetres; left out where the header does not say, or contradicts itself. */
  position?: number;
  /** How that plane lies: positions in another one cannot be compared. */
  plane?: string;
  /** Instance Number. */
  number?: number;
}

type Vector = readonly [number, number, number];

/** Of a frame, by its own place where the header gives one, else by that of the object. Undefined where it says nothing. */
export function sliceOf(data: DataSet, frame: number): Slice | undefined {
  const number = readNumber(data, TAGS.number);
  const [at] = sourcesOf(data, frame, GROUPS.position).flatMap((source) => vector(readNumbers(source, TAGS.position)?.values ?? [])); // prettier-ignore
  const [directions] = sourcesOf(data, frame, GROUPS.orientation).flatMap((source) => pair(readNumbers(source, TAGS.orientation)?.values ?? [])); // prettier-ignore
  const placed = at && directions && {
    position: rounded(product(at, cross(...directions)), 3),
    plane: directions.flat().map((value) => rounded(value, 2)).join(),
  }; // prettier-ignore
  return placed || number !== undefined ? { ...placed, ...(number !== undefined && { number }) } : undefined;
}

const vector = ([x, y, z]: readonly number[]): [Vector] | [] => (z === undefined ? [] : [[x!, y!, z]]);

/** Directions of a row and of a column. */
function pair(values: readonly number[]): [readonly [Vector, Vector]] | [] {
  const [[row], [column]] = [vector(values.slice(0, 3)), vector(values.slice(3))];
  if (!row || !column) return [];
  const isRight = Math.abs(product(row, row) - 1) < ALMOST && Math.abs(product(column, column) - 1) < ALMOST && Math.abs(product(row, column)) < ALMOST; // prettier-ignore
  return isRight ? [[row, column]] : [];
}

const product = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
/** Without a zero below zero. */
const rounded = (value: number, places: number): number => Math.round(value * 10 ** places) / 10 ** places + 0;
