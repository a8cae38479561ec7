import type { AuditReport } from '../../contract/data.ts';
import { findingOf, type Finding } from '../../contract/findings.ts';
import type { Slice } from './readers/dicom/slice.ts';
import { compare } from './walk.ts';

/** An image with what its header says of its series. The identifier of the series is not kept. */
export interface Sliced {
  file: string;
  series: string | undefined;
  slice: Slice | undefined;
}

/** Positions that differ by less are one, in millimetres. */
const ONE_PLACE = 0.01;
/** Slices that lie so many times as far apart as is usual in their series have a gap between them. */
const GAP = 1.5;
/** Of fewer places, no distance is usual. */
const LEAST_PLACES = 3;

/** The images of one series in the order of their slices, by index. */
interface Series {
  images: number[];
  byPosition: boolean;
}

/**
 * The series among images, each sorted by position along the normal of its slices, or where not every image has one, by
 * instance number; then by name. Images of no series are in none.
 */
export function seriesAmong(images: readonly Sliced[]): Series[] {
  const known = [...images.keys()].filter((at) => images[at]!.series !== undefined);
  return [...Map.groupBy(known, (at) => images[at]!.series).values()].map((own) => {
    const byPosition = own.every((at) => images[at]!.slice?.position !== undefined);
    const keyOf = (at: number): readonly [string, number] => {
      const { plane = '', position = 0, number = 0 } = images[at]!.slice ?? {};
      return byPosition ? [plane, position] : ['', number];
    };
    const ordered = own.toSorted((a, b) => {
      const [[plane, place], [otherPlane, otherPlace]] = [keyOf(a), keyOf(b)];
      return compare(plane, otherPlane) || place - otherPlace || compare(images[a]!.file, images[b]!.file);
    });
    return { images: ordered, byPosition };
  });
}

/** All images in their order, but that those of one series follow one another by their slices. @param count of the images */
export function inSeriesOrder(count: number, series: readonly Series[]): number[] {
  const placed = new Map(series.flatMap(({ images }) => images.map((at) => [at, images] as const)));
  const done = new Set<readonly number[]>();
  return Array.from({ length: count }, (_, at) => at).flatMap((at) => {
    const own = placed.get(at);
    if (!own) return [at];
    if (done.has(own)) return [];
    done.add(own);
    return own;
  });
}

/** How many series there are, and how even their slices lie; nothing where no series has several images. */
export function describeSeries(images: readonly Sliced[], series: readonly Series[]): Pick<AuditReport, 'series'> {
  const sizes = series.map((each) => each.images.length).sort((a, b) => a - b);
  if ((sizes.at(-1) ?? 0) < 2) return {};
  const placed = series.filter(({ byPosition }) => byPosition);
  const spread = placed.map((each) => unevenness(each.images.map((at) => images[at]!.slice!)));
  return {
    series: {
      count: series.length,
      images: sizes.reduce((sum, size) => sum + size, 0),
      slices: { smallest: sizes[0]!, median: sizes[Math.floor((sizes.length - 1) / 2)]!, largest: sizes.at(-1)! },
      byPosition: placed.length,
      gaps: spread.filter(({ gap }) => gap).length,
      repeated: spread.filter(({ repeated }) => repeated).length,
    },
  };
}

/** @param slices in order */
function unevenness(slices: readonly Slice[]): { gap: boolean; repeated: boolean } {
  const planes = [...Map.groupBy(slices, ({ plane }) => plane).values()].map((own) => own.map(({ position }) => position!)); // prettier-ignore
  let [gap, repeated] = [false, false];
  for (const places of planes) {
    const steps = places.slice(1).map((place, at) => place - places[at]!);
    const apart = steps.filter((step) => step > ONE_PLACE).sort((a, b) => a - b);
    repeated ||= apart.length < steps.length;
    if (apart.length < LEAST_PLACES - 1) continue;
    gap ||= apart.at(-1)! > GAP * apart[Math.floor((apart.length - 1) / 2)]!;
  }
  return { gap, repeated };
}

/** What is to be known of how the slices lie. */
export function seriesFindings({ series }: Pick<AuditReport, 'series'>): Finding[] {
  if (!series) return [];
  const { gaps, repeated, byPosition } = series;
  return [
    ...(gaps === 0
      ? []
      : [findingOf('SERIES_GAPS', `In ${gaps} of ${byPosition} DICOM series, some neighbouring slices lie more than one and a half times as far apart as is usual there: slices may be missing.`)]), // prettier-ignore
    ...(repeated === 0
      ? []
      : [findingOf('SERIES_REPEATED', `In ${repeated} of ${byPosition} DICOM series, several images lie at one position, as several times, echoes or copies do.`)]), // prettier-ignore
  ];
}
