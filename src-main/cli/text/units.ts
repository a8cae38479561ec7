const NONE = '–';
const PREFIXES = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** 6309000 → `6.309 M`: three decimals, as tables of parameters and multiply-accumulates have them. */
export function scaled(count: number): string {
  const [unit, prefix] = PREFIXES.find(([size]) => count >= size) ?? [1, ''];
  return prefix ? `${(count / unit).toFixed(3)} ${prefix}` : String(count);
}

/** 1234567 → `1,234,567`. */
export function whole(count: number): string {
  return count.toLocaleString('en');
}

/** With a capital first letter. */
export const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** `1 image`, `12 images`. */
export function counted(count: number, noun: string): string {
  return `${whole(count)} ${count === 1 ? noun : plural(noun)}`;
}

const plural = (noun: string): string =>
  noun.endsWith('study') ? noun.replace(/y$/, 'ies') : `${noun}${noun.endsWith('s') ? 'es' : 's'}`;

/** `45 of 50 (90.0 %)`: a share with its denominator. */
export function share(part: number, total: number): string {
  return total === 0 ? `0 of 0` : `${whole(part)} of ${whole(total)} (${((100 * part) / total).toFixed(1)} %)`;
}

/** A metric in [0, 1] with four decimals; a dash where the data do not define it. */
export function metric(value: number | null): string {
  return value === null ? NONE : value.toFixed(4);
}

/** A dash for what there is not. */
export function orNone(value: string | number | null | undefined): string {
  return value === null || value === undefined || value === '' ? NONE : String(value);
}

/** Decimal units, as disks are sold and file managers count. */
export function bytes(count: number): string {
  const [unit, name] = (
    [
      [1e9, 'GB'],
      [1e6, 'MB'],
      [1e3, 'kB'],
    ] as const
  ).find(([size]) => count >= size) ?? [1, 'bytes'];
  return `${unit === 1 ? count : (count / unit).toFixed(1)} ${name}`;
}

/** `34 s`, `2 min 05 s`, `3 h 20 min`; below 10 seconds with one decimal. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return NONE;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const rounded = Math.round(seconds);
  if (rounded < 60) return `${rounded} s`;
  const two = (value: number) => String(value).padStart(2, '0');
  if (rounded < 3600) return `${Math.floor(rounded / 60)} min ${two(rounded % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** `12.3 ms`; of small values three digits. */
export const milliseconds = (value: number): string => `${value < 9.95 ? value.toPrecision(3) : value.toFixed(1)} ms`;

/** `2026-11-21 04:49` in the local time zone. */
export function moment(iso: string): string {
  const date = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The first `length` characters of a hash. */
export function short(hash: string, length = 12): string {
  return hash.slice(0, length);
}

/** `0.9123 ± 0.0104`: mean and standard deviation; the value alone where there is one. */
export function meanOf(values: { mean: number; deviation: number | null } | null): string {
  if (values === null) return NONE;
  return values.deviation === null ? metric(values.mean) : `${metric(values.mean)} ± ${metric(values.deviation)}`;
}

/** `0.8801 to 0.9402`, with a minus sign where it is below zero. */
export function range(interval: { low: number; high: number } | null): string {
  return interval === null ? NONE : `${signed(interval.low)} to ${signed(interval.high)}`;
}

/** Four decimals with a minus sign. */
export function signed(value: number): string {
  return value.toFixed(4).replace('-', '−');
}

/** 0.05 → `5 %`, 0.025 → `2.5 %`. */
export function percent(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`;
}

/** `0.9120 (0.8801 to 0.9402)`. */
export function around(interval: { value: number; low: number; high: number } | null): string {
  return interval === null ? NONE : `${metric(interval.value)} (${range(interval)})`;
}

/** `2.5 epochs, 34 s`. */
export function converged(after: { epochs: number; seconds: number } | null): string {
  if (after === null) return NONE;
  const epochs = Number(after.epochs.toFixed(1));
  return `${epochs} epoch${epochs === 1 ? '' : 's'}, ${duration(after.seconds)}`;
}
