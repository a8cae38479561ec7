import type { DataSet } from 'dicom-parser';
import type { Note, Picture, Samples } from '../picture.ts';
import { invert, type Unscaled } from '../scale.ts';
import type { DicomFile } from './header.ts';
import type { PixelLayout } from './layout.ts';
import { depthOf, type Inputs, lookUp, readLut } from './lut.ts';
import { readNumber } from './numbers.ts';
import { readWindow, windowFunction, windowsIn } from './window.ts';

export type GreyFunction = (value: number) => number;

/** What makes values of samples, and what values can come out. */
interface Modality {
  value: GreyFunction;
  outputs: Inputs;
}

/** Functional groups of the frames of enhanced objects. */
const MODALITY_GROUP = 'x00289145';
const VOI_GROUP = 'x00289132';
const LUT_TAGS = { descriptor: 'x00283002', data: 'x00283006' };
/** A VOI table whose entries reach less than this share of its declared depth has another depth. */
const LEAST_OF_DEPTH = 1 / 4;

/**
 * How stored grey samples become levels in [0, 255], bright is dense: modality LUT or rescale, then VOI LUT or window,
 * then inversion for MONOCHROME1 (PS3.3, C.11.1 and C.11.2). Without VOI LUT and window, 8-bit samples are levels, and of
 * deeper ones it says what is known.
 */
export function greyDisplay(
  file: DicomFile,
  layout: PixelLayout,
  frame: number,
): Pick<Picture, 'display' | 'hounsfield' | 'windows' | 'notes'> {
  const notes: Note[] = [];
  const inverted = layout.photometric === 'MONOCHROME1';
  const samples = sampleRange(layout);
  const modality = modalityStep(file, frame, samples);
  const voi = voiFunction(file, { frame, inputs: modality?.outputs ?? samples, notes });
  const unscaled = unscaledOf(file, layout, modality);
  const hounsfield = isHounsfieldUnits(file, frame) ? unscaled : undefined;
  if (voi) {
    const shown = (window: GreyFunction): GreyFunction => {
      const grey: GreyFunction = modality ? (sample) => window(modality.value(sample)) : window;
      return inverted ? invert(grey) : grey;
    };
    const windows = voi.windows.length > 1 && { windows: voi.windows.map(shown) };
    return { display: shown(voi.first), ...(hounsfield && { hounsfield }), ...windows, notes };
  }
  if (isPlain(layout, modality) && layout.bitsStored <= 8) {
    const scale = 255 / samples.highest;
    const grey: GreyFunction = (sample) => sample * scale;
    return { display: inverted ? invert(grey) : grey, notes };
  }
  return { display: unscaled, ...(hounsfield && { hounsfield }), notes };
}

/** Whether samples are the values, without a sign. */
const isPlain = ({ signed, kind }: PixelLayout, modality: Modality | undefined): boolean =>
  !modality && !signed && kind === 'integer';

/** What is known of the values, for whoever decides how they are shown. */
function unscaledOf(file: DicomFile, layout: PixelLayout, modality: Modality | undefined): Unscaled {
  const { lowest, highest } = modality?.outputs ?? sampleRange(layout);
  return {
    value: modality?.value,
    skip: paddingTest(file.data, layout),
    ...(Number.isFinite(highest - lowest) && { declared: { black: lowest, white: highest } }),
    // As dcmtk does without a window; scanners declare 12 or 16 bits and fill few of them.
    prefersDeclared: isPlain(layout, modality) && layout.bitsStored <= 16,
    inverted: layout.photometric === 'MONOCHROME1',
  };
}

/**
 * Values in Hounsfield units: of CT, where a rescale or a table gives them, be it one that changes nothing, unless the header
 * says that it gives something else (PS3.3, C.8.2.1.1.2: Rescale Type; C.11.1.1.2: HU).
 */
function isHounsfieldUnits({ data }: DicomFile, frame: number): boolean {
  const type = data.string('x00281054')?.trim().toUpperCase() ?? '';
  const given = rescaleOf(data, frame) !== undefined || hasTable(data, frame, 'modality');
  return given && modalityOf(data) === 'CT' && (type === '' || type === 'HU');
}

/** `CT`, `DX`, …; undefined where the header does not say. */
export const modalityOf = (data: DataSet): string | undefined => data.string('x00080060')?.trim().toUpperCase() || undefined; // prettier-ignore

/** What samples of this layout can be. */
export function sampleRange({ kind, bitsStored, signed }: PixelLayout): Inputs {
  if (kind !== 'integer') return { lowest: -Infinity, highest: Infinity };
  return signed
    ? { lowest: -(2 ** (bitsStored - 1)), highest: 2 ** (bitsStored - 1) - 1 }
    : { lowest: 0, highest: 2 ** bitsStored - 1 };
}

/** Modality LUT or rescale with the range of what comes out; undefined where values are the samples themselves. */
function modalityStep(file: DicomFile, frame: number, samples: Inputs): Modality | undefined {
  const source = item(file.data, 'x00283000');
  const lut = source && readLut(file, source, LUT_TAGS, samples);
  if (lut) return { value: (sample) => lookUp(lut, sample), outputs: { lowest: 0, highest: 2 ** lut.bits - 1 } };
  const { slope, intercept } = rescaleOf(file.data, frame) ?? { slope: 1, intercept: 0 };
  if (slope === 0 || (slope === 1 && intercept === 0)) return undefined;
  const ends = [samples.lowest, samples.highest].map((sample) => sample * slope + intercept);
  return {
    value: (sample) => sample * slope + intercept,
    outputs: { lowest: Math.min(...ends), highest: Math.max(...ends) },
  };
}

/** What samples are multiplied by, and what is added then; undefined where the header has neither. */
export function rescaleOf(data: DataSet, frame: number): { slope: number; intercept: number } | undefined {
  const source = sourcesOf(data, frame, MODALITY_GROUP).find(has('x00281053', 'x00281052'));
  return source && { slope: readNumber(source, 'x00281053') ?? 1, intercept: readNumber(source, 'x00281052') ?? 0 };
}

/** Where the windows stand, if there are any. */
export const windowSource = (data: DataSet, frame: number): DataSet | undefined =>
  sourcesOf(data, frame, VOI_GROUP).find(has('x00281050', 'x00281051'));

/** Whether the header has a table for the step. */
export function hasTable(data: DataSet, frame: number, step: 'modality' | 'voi'): boolean {
  const [places, tag] = step === 'modality' ? [[data], 'x00283000'] : [sourcesOf(data, frame, VOI_GROUP), 'x00283010'];
  return places.some((place) => {
    const table = item(place, tag);
    return table !== undefined && has(LUT_TAGS.data)(table);
  });
}

/** VOI LUT first, as pydicom does; else the first window, and all of them. */
function voiFunction(
  file: DicomFile,
  { frame, inputs, notes }: { frame: number; inputs: Inputs; notes: Note[] },
): { first: GreyFunction; windows: readonly GreyFunction[] } | undefined {
  const sources = sourcesOf(file.data, frame, VOI_GROUP);
  const source = sources.flatMap((each) => item(each, 'x00283010') ?? [])[0];
  const lut = source && readLut(file, source, LUT_TAGS, inputs);
  if (source && !lut) notes.push({ code: 'LUT', message: 'The image’s VOI lookup table is empty and was not used.' });
  if (lut) {
    const { bits, asDeclared } = depthOf([lut], LEAST_OF_DEPTH);
    if (!asDeclared)
      notes.push({
        code: 'LUT',
        message: `The image’s VOI lookup table claims ${lut.bits} bits, but its entries have ${bits}; ${bits} were used.`,
      });
    const scale = 255 / (2 ** bits - 1);
    return { first: (value) => lookUp(lut, value) * scale, windows: [] };
  }
  const windowed = windowSource(file.data, frame);
  const { window, note } = windowed ? readWindow(windowed) : {};
  if (note) notes.push({ code: 'WINDOW', message: note });
  return window && { first: window, windows: windowsIn(windowed!).map(({ kind, centre, width }) => windowFunction(kind, centre, width)) }; // prettier-ignore
}

/** Pixel Padding Value, or the range up to Pixel Padding Range Limit. */
function paddingTest(data: DataSet, { signed }: PixelLayout): ((sample: number) => boolean) | undefined {
  const read = (tag: string) => (signed ? data.int16(tag) : data.uint16(tag));
  const value = read('x00280120');
  if (value === undefined) return undefined;
  const limit = read('x00280121') ?? value;
  const [low, high] = value < limit ? [value, limit] : [limit, value];
  return (sample) => sample >= low && sample <= high;
}

/**
 * Where the attributes of functional group `tag` may stand: in the frame's own group of an enhanced multi-frame object, in
 * the shared one, or as in other objects.
 */
export function sourcesOf(data: DataSet, frame: number, tag: string): DataSet[] {
  const own = data.elements.x52009230?.items?.[frame]?.dataSet;
  const shared = item(data, 'x52009229');
  return [own && item(own, tag), shared && item(shared, tag), data].filter((source) => source !== undefined);
}

/** Whether one of the elements is there and not empty. */
const has = (...tags: string[]) => (source: DataSet): boolean => tags.some((tag) => (source.elements[tag]?.length ?? 0) > 0); // prettier-ignore

export function item(data: DataSet, tag: string): DataSet | undefined {
  return data.elements[tag]?.items?.[0]?.dataSet;
}

/** A header that gives the sign of its samples in two ways; Pixel Representation decides, as in pydicom. */
export function signNote({ data }: DicomFile, { signed, kind }: PixelLayout, samples: Samples): Note[] {
  if (kind !== 'integer' || signed) return [];
  const smallest = data.elements.x00280106;
  if (smallest?.length !== 2) return [];
  const [low, high] = [data.int16('x00280106')!, data.int16('x00280107')];
  const negative = smallest.vr === 'SS' ? low < 0 : low < 0 && high !== undefined && high >= 0;
  if (!negative || !samples.some((sample) => sample > 32767)) return [];
  return [
    {
      code: 'SIGN',
      message:
        'The header calls the samples unsigned, but gives a negative one as the smallest; they were read as unsigned.',
    },
  ];
}

/** A window or a table that shows different samples as one level: a black or white image. */
export function uniformNote(samples: Samples, display: Picture['display']): Note[] {
  if (typeof display !== 'function') return [];
  const levelOf = (sample: number) => Math.min(255, Math.max(0, Math.round(display(sample))));
  const [first] = samples;
  const level = levelOf(first!);
  let other: number | undefined;
  for (let index = 1; index < samples.length; index++) {
    const sample = samples[index]!;
    // Neighbours are often alike.
    if (sample === first || sample === other) continue;
    if (levelOf(sample) !== level) return [];
    other = sample;
  }
  if (other === undefined) return [];
  const message = `The image’s samples differ, but its window or lookup table shows all of them as level ${level}.`;
  return [{ code: 'UNIFORM', message }];
}
