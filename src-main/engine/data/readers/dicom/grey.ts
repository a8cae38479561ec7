import type { DataSet } from 'dicom-parser';
import { rangeDisplay } from '../display.ts';
import type { Note, Samples } from '../picture.ts';
import type { DicomFile } from './header.ts';
import type { PixelLayout } from './layout.ts';

export type GreyFunction = (value: number) => number;

/**
 * How stored grey samples become levels in [0, 255], bright is dense: modality LUT or rescale, then VOI LUT or window,
 * then inversion for MONOCHROME1 (PS3.3, C.11.1 and C.11.2). Without a window the declared depth is the scale where the
 * picture uses it; otherwise the darkest to brightest value, padding left out, is, with a note.
 */
export function greyDisplay(
  file: DicomFile,
  layout: PixelLayout,
  { samples, frame }: { samples: Samples; frame: number },
): { display: GreyFunction; notes: Note[] } {
  const notes: Note[] = [];
  const modality = modalityFunction(file, frame);
  let voi = voiFunction(file, layout, frame);
  if (!voi && !modality) voi = fullScale(samples, layout);
  if (!voi) {
    const padding = paddingTest(file.data, layout);
    const values = modality ? Float64Array.from(samples, modality) : samples;
    let index = -1;
    // The test is on the stored sample, the range on the value: both run through the picture in step.
    voi = rangeDisplay(values, padding && (() => padding(samples[++index]!)));
    notes.push({
      code: 'RANGE',
      message: 'The picture has no window; its darkest to brightest value is shown as black to white.',
    });
  }
  const window = voi;
  const grey: GreyFunction = modality ? (sample) => window(modality(sample)) : window;
  const inverted = layout.photometric === 'MONOCHROME1';
  return { display: inverted ? (sample) => 255 - Math.min(255, Math.max(0, grey(sample))) : grey, notes };
}

/**
 * Zero to the largest value that Bits Stored allows, as dcmtk does without a window. Deeper than 8 bits only where the
 * picture reaches the upper half of that range: scanners declare 12 or 16 bits and fill few of them.
 */
function fullScale(samples: Samples, { bitsStored, signed, kind }: PixelLayout): GreyFunction | undefined {
  if (signed || kind !== 'integer' || bitsStored > 16) return undefined;
  const highest = 2 ** bitsStored - 1;
  if (bitsStored > 8 && !samples.some((sample) => sample > highest / 2)) return undefined;
  return (sample) => (sample * 255) / highest;
}

/** Modality LUT or rescale; undefined where values are the samples themselves. */
function modalityFunction(file: DicomFile, frame: number): GreyFunction | undefined {
  const lut = item(file.data, 'x00283000');
  if (lut) {
    const table = readLut(lut, file);
    if (table) return table.value;
  }
  const source = functionalGroup(file.data, frame, 'x00289145') ?? file.data;
  const slope = source.floatString('x00281053') ?? 1;
  const intercept = source.floatString('x00281052') ?? 0;
  if (!Number.isFinite(slope) || !Number.isFinite(intercept) || slope === 0) return undefined;
  return slope === 1 && intercept === 0 ? undefined : (sample) => sample * slope + intercept;
}

/** VOI LUT first, as pydicom does; else the first window. */
function voiFunction(file: DicomFile, layout: PixelLayout, frame: number): GreyFunction | undefined {
  const lut = item(file.data, 'x00283010');
  const table = lut && readLut(lut, file);
  if (table) return (value) => (table.value(Math.round(value)) / table.highest) * 255;
  const source = functionalGroup(file.data, frame, 'x00289132') ?? file.data;
  const centre = source.floatString('x00281050');
  const width = source.floatString('x00281051');
  if (centre === undefined || width === undefined || !Number.isFinite(centre) || !(width > 0)) return undefined;
  if (layout.kind !== 'integer' && width < 1) return undefined;
  return windowFunction(source.string('x00281056') ?? 'LINEAR', centre, width);
}

/** PS3.3, C.11.2.1.2 and C.11.2.1.3, for levels from 0 to 255. Levels outside are left to be clamped. */
export function windowFunction(kind: string, centre: number, width: number): GreyFunction {
  if (kind === 'SIGMOID') return (value) => 255 / (1 + Math.exp((-4 * (value - centre)) / width));
  if (kind === 'LINEAR_EXACT') return (value) => ((value - centre) / width + 0.5) * 255;
  if (width <= 1) return (value) => (value <= centre - 0.5 ? 0 : 255);
  return (value) => ((value - (centre - 0.5)) / (width - 1) + 0.5) * 255;
}

/** A LUT of the header: `value` clamps to its first and last entry. */
function readLut(lut: DataSet, { bytes, bigEndian }: DicomFile): { value: GreyFunction; highest: number } | undefined {
  const element = lut.elements.x00283006;
  const entries = lut.uint16('x00283002', 0);
  const bits = lut.uint16('x00283002', 2);
  if (!element || entries === undefined || bits === undefined) return undefined;
  // The first value mapped is signed where samples are: the element's own type says so.
  const first = (lut.elements.x00283002?.vr === 'SS' ? lut.int16 : lut.uint16).call(lut, 'x00283002', 1) ?? 0;
  const count = entries === 0 ? 65536 : entries;
  const raw = bytes.subarray(element.dataOffset, element.dataOffset + element.length);
  const packed = bits <= 8 && raw.length < count * 2;
  if (raw.length < count * (packed ? 1 : 2)) return undefined;
  const table = Float64Array.from({ length: count }, (_, index) =>
    packed ? raw[index]! : bigEndian ? raw.readUInt16BE(index * 2) : raw.readUInt16LE(index * 2),
  );
  return {
    value: (sample) => table[Math.min(count - 1, Math.max(0, sample - first))]!,
    highest: 2 ** Math.min(16, Math.max(1, bits)) - 1,
  };
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

/** The functional group `tag` of an enhanced multi-frame object: the frame's own, else the shared one. */
function functionalGroup(data: DataSet, frame: number, tag: string): DataSet | undefined {
  const own = data.elements.x52009230?.items?.[frame]?.dataSet;
  const shared = item(data, 'x52009229');
  return (own && item(own, tag)) ?? (shared && item(shared, tag));
}

function item(data: DataSet, tag: string): DataSet | undefined {
  return data.elements[tag]?.items?.[0]?.dataSet;
}
