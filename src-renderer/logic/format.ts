/** Numbers as a reader of the window sees them: always with a unit, never with more digits than they carry. */
import { FIRST_STRATEGY } from '../../src-main/backbone/strategy/index.ts';
import { EXPORT_EXTENSIONS, type ExportFormat } from '../../src-main/contract/model.ts';
import type { TrainingPlan } from '../../src-main/contract/plan.ts';
import { decimals, fixed, localeTag, noNumber, written } from './locale.ts';

/** Three significant digits without an exponent: 0.0123, 1.23, 12.3, 123. */
function significant(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return fixed(value, Math.min(digits, 6));
}

export const count = (value: number): string => written(value, { maximumFractionDigits: 0 });

/** Number of parameters in millions; below ten thousand the plain number. */
export function parameters(value: number): string {
  return value < 10_000 ? count(value) : `${significant(value / 1e6)} M`;
}

/** Multiply-accumulates for one image in units of 10^9, small ones of 10^6. */
export function macs(value: number): string {
  if (value < 1e6) return count(value);
  return value < 1e8 ? `${significant(value / 1e6)} M` : `${significant(value / 1e9)} G`;
}

export function bytes(value: number): string {
  if (value < 1000) return `${value} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(value) / 3));
  return `${significant(value / 1000 ** power)} ${units[power - 1]}`;
}

/** Seconds as `850 ms`, `42 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return noNumber().unknown;
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 10) return `${fixed(seconds, 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Time that is left: an estimate, so never finer than a second. */
export const remaining = (seconds: number): string =>
  seconds < 1 ? noNumber().underASecond : duration(Math.ceil(seconds));

/** A share in [0, 1] as a percentage. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return '–';
  const value = share * 100;
  return value > 0 && value < 1 ? `${fixed(value, 1)} %` : `${Math.round(value)} %`;
}

/** A metric in [0, 1] with three decimals; null: the data do not define it. Only what is perfect reads 1.000. */
export function metric(value: number | null): string {
  if (value === null) return noNumber().notDefined;
  return value < 1 && value >= 0.9995 ? `> ${fixed(0.999, 3)}` : fixed(value, 3);
}

/** A difference of two metrics with its sign and three decimals: +0.012, −0.3. */
export const signed = (value: number): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : ''}${fixed(Math.abs(value), 3)}`;

/** A loss: four significant digits are what curves can be compared by. */
export const loss = (value: number): string =>
  Number.isFinite(value) ? decimals(value.toPrecision(4)) : String(value);

/** A difference or learning rate in scientific notation where it is small. */
export function small(value: number): string {
  return decimals(value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(1).replace('e-', 'e−') : String(value));
}

/** Width and height in pixels, without the unit. */
export const size = ([width, height]: readonly [number, number]): string => `${width} × ${height}`;

/** Local date and time to the minute. */
export function moment(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return date.toLocaleString(localeTag(), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** The name of a file or folder without what it lies in; of a frame with the file that it is of. */
export function lastPart(path: string): string {
  const names = path.replace(/[\\/]+$/, '').split(/[\\/]/);
  const isFrame = /^frame \d{5}$/.test(names.at(-1)!);
  return names.slice(isFrame ? -2 : -1).join('/') || path;
}

/** `folder` and `name` joined in the notation that `folder` uses. */
export function join(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return folder.replace(/[\\/]+$/, '') + separator + name;
}

/** With a capital first letter. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const FORMAT_TITLES: Readonly<Record<ExportFormat, string>> = {
  onnx: 'ONNX',
  tfjs: 'TensorFlow.js',
  keras: 'Keras',
  'keras-h5': 'Keras HDF5',
  safetensors: 'safetensors',
};

/** A file name that tells what the model is: `resnet50-layer3.5-<run>.onnx`; TensorFlow.js writes a folder. */
export function exportName(
  plan: Pick<TrainingPlan, 'backbone' | 'strategy'> & { cut?: string | undefined },
  run: string,
  format: ExportFormat,
): string {
  const { backbone, strategy, cut } = plan;
  const name = [
    backbone,
    ...(strategy === FIRST_STRATEGY || cut === undefined ? [] : [strategy]),
    cut ?? 'full',
    run,
  ].join('-');
  return name + (EXPORT_EXTENSIONS[format] || `-${format}`);
}
