import type { DicomValues, ImagePixels } from '../../../src-main/contract/data.ts';
import { CT_WINDOWS, CT_WINDOW_NAMES, type CtWindow } from '../../../src-main/contract/greyScale.ts';

/** Values shown from black to white. */
export interface Window {
  centre: number;
  width: number;
  /** By which function of PS3.3, C.11.2.1; a person's own are `LINEAR_EXACT`. */
  kind: DicomValues['windows'][number]['kind'];
  /** As the file explains it. */
  name?: string | undefined;
}

export type Samples = ReturnType<typeof samplesOf>;

const TYPES = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/** The samples of an image in their own type. */
export function samplesOf({ samples, type }: Pick<ImagePixels, 'samples' | 'type'>) {
  const Type = TYPES[type];
  return new Type(samples.buffer, samples.byteOffset, samples.byteLength / Type.BYTES_PER_ELEMENT);
}

/** Sample to value: by slope and intercept where the file has them, else the sample itself. */
export function valueOf({ dicom }: Pick<ImagePixels, 'dicom'>): (sample: number) => number {
  const rescale = dicom?.rescale;
  return rescale ? (sample) => sample * rescale.slope + rescale.intercept : (sample) => sample;
}

/** From the lowest to the highest finite sample, as values. */
export function wholeRange(image: Pick<ImagePixels, 'dicom'>, samples: Samples): Window {
  let [low, high] = [Infinity, -Infinity];
  for (const sample of samples) {
    if (!Number.isFinite(sample)) continue;
    if (sample < low) low = sample;
    if (sample > high) high = sample;
  }
  return between(image, low, high);
}

/** Samples looked at for percentiles: sorting all of a mammogram takes a second. */
const DRAWN = 20_000;

/** Between two percentiles of the samples, as values. @param share 0 to 0.5, left out at either end */
export function middleRange(image: Pick<ImagePixels, 'dicom'>, samples: Samples, share: number): Window {
  const step = Math.max(1, Math.floor(samples.length / DRAWN));
  const drawn: number[] = [];
  for (let at = 0; at < samples.length; at += step) if (Number.isFinite(samples[at])) drawn.push(samples[at]!);
  drawn.sort((a, b) => a - b);
  const at = (part: number): number => drawn[Math.round(part * (drawn.length - 1))] ?? 0;
  return between(image, at(share), at(1 - share));
}

function between(image: Pick<ImagePixels, 'dicom'>, low: number, high: number): Window {
  if (low > high) return { centre: 0, width: 1, kind: 'LINEAR_EXACT' };
  const ends = [low, high].map(valueOf(image));
  const [black, white] = [Math.min(...ends), Math.max(...ends)];
  return { centre: (black + white) / 2, width: Math.max(white - black, Number.MIN_VALUE), kind: 'LINEAR_EXACT' };
}

/** The window that an image is opened with: the first of its file; of 8-bit samples all levels, else its whole range. */
export function firstWindow(image: Pick<ImagePixels, 'dicom' | 'type'>, samples: Samples): Window {
  const own = image.dicom?.windows[0];
  if (own) return own;
  if (image.type === 'uint8' && !image.dicom?.rescale) return { centre: 127.5, width: 255, kind: 'LINEAR_EXACT' };
  return wholeRange(image, samples);
}

/** Of the file's windows, else as it was opened; the usual ones of CT; the whole range; its middle. */
export function presetsOf(image: {
  pixels: Pick<ImagePixels, 'dicom' | 'type'>;
  samples: Samples;
  range: Window;
}): { kind: 'file' | 'opened' | 'whole' | 'middle' | CtWindow; window: Window }[] {
  const { pixels, samples, range } = image;
  const own = pixels.dicom?.windows ?? [];
  return [
    ...own.map((window) => ({ kind: 'file' as const, window })),
    ...(own.length === 0 ? [{ kind: 'opened' as const, window: firstWindow(pixels, samples) }] : []),
    ...(pixels.dicom?.hounsfield
      ? CT_WINDOW_NAMES.map((kind) => ({ kind, window: { ...CT_WINDOWS[kind], kind: 'LINEAR' as const } }))
      : []),
    { kind: 'whole', window: range },
    { kind: 'middle', window: middleRange(pixels, samples, 0.01) },
  ];
}

/**
 * A window by hand: wider, and darker.
 * @param by shares of the whole range of values
 * @param of how wide that is, and whether low values are bright; see {@link isTurned}
 */
export function adjusted(
  { centre, width, kind }: Window,
  by: { wider: number; darker: number },
  of: { whole: number; turned: boolean },
): Window {
  return {
    // Down is darker, whichever values are.
    centre: centre + (of.turned ? -1 : 1) * by.darker * of.whole,
    width: Math.max(of.whole / 1e4, width + by.wider * of.whole),
    // Once a person has a hand in it, it has no half values.
    kind: kind === 'SIGMOID' ? kind : 'LINEAR_EXACT',
  };
}

/** Whether low values are bright: as the image says (MONOCHROME1), or as it is inverted, but not both. */
export const isTurned = ({ dicom }: Pick<ImagePixels, 'dicom'>, inverted: boolean): boolean =>
  (dicom?.photometric === 'MONOCHROME1') !== inverted;

/**
 * Samples as opaque RGBA levels, by the window's function; see {@link isTurned}.
 * @param step every how many pixels one is taken, in either direction
 */
export function levelsOf(
  image: Pick<ImagePixels, 'dicom' | 'width' | 'height' | 'channels'>,
  samples: Samples,
  { window, inverted, step = 1 }: { window: Window; inverted: boolean; step?: number },
): { width: number; height: number; levels: Uint8ClampedArray<ArrayBuffer> } {
  const { channels } = image;
  const value = valueOf(image);
  const share = shareOf(window);
  const bright = isTurned(image, inverted);
  const level = (sample: number): number => {
    const found = share(value(sample));
    return Math.round(255 * (bright ? 1 - found : found));
  };
  const look = samples.BYTES_PER_ELEMENT <= 2 ? lookUp(samples, level) : level;
  const [across, down] = [Math.ceil(image.width / step), Math.ceil(image.height / step)];
  const levels = new Uint8ClampedArray(across * down * 4);
  let to = 0;
  for (let y = 0; y < image.height; y += step) {
    for (let x = 0; x < image.width; x += step) {
      const from = (y * image.width + x) * channels;
      levels[to] = look(samples[from]!);
      levels[to + 1] = channels === 1 ? levels[to]! : look(samples[from + 1]!);
      levels[to + 2] = channels === 1 ? levels[to]! : look(samples[from + 2]!);
      levels[to + 3] = 255;
      to += 4;
    }
  }
  return { width: across, height: down, levels };
}

/** Value to a share of the brightness, 0 black and 1 white. */
function shareOf({ centre, width, kind }: Window): (value: number) => number {
  if (kind === 'SIGMOID') return (value) => 1 / (1 + Math.exp((-4 * (value - centre)) / width));
  // LINEAR counts whole values: its ends are half a value further in. Of width 1 it is a threshold.
  const [middle, across] = kind === 'LINEAR' ? [centre - 0.5, width - 1] : [centre, width];
  if (across <= 0) return (value) => (value > middle ? 1 : 0);
  return (value) => Math.min(1, Math.max(0, (value - middle) / across + 0.5));
}

/** A table of all levels that whole samples of up to 16 bits can have. */
function lookUp(samples: Samples, level: (sample: number) => number): (sample: number) => number {
  const count = 2 ** (8 * samples.BYTES_PER_ELEMENT);
  const lowest = samples instanceof Int16Array || samples instanceof Int8Array ? -count / 2 : 0;
  const table = Uint8Array.from({ length: count }, (_, at) => level(at + lowest));
  return (sample) => table[sample - lowest]!;
}
