import type { DataSet } from 'dicom-parser';
import type { DicomValues } from '../../../../contract/data.ts';
import type { GreyFunction } from './grey.ts';
import { readNumbers } from './numbers.ts';
import { valueOf } from './value.ts';

type Window = DicomValues['windows'][number];
const KINDS = ['LINEAR', 'LINEAR_EXACT', 'SIGMOID'] as const;
const UNUSED = 'and was not used';

/**
 * The first window of a header, and what is odd about it. No window where centre or width are missing, are no numbers, or
 * the width is not above 0.
 */
export function readWindow(source: DataSet): { window?: GreyFunction; note?: string } {
  const centres = readNumbers(source, 'x00281050');
  const widths = readNumbers(source, 'x00281051');
  if (!centres && !widths) return {};
  const [centre, width] = [centres?.values[0], widths?.values[0]];
  if (centre === undefined || width === undefined)
    return { note: `The image’s window is incomplete or not a number ${UNUSED}.` };
  if (width <= 0) return { note: `The image’s window has a width of ${width} ${UNUSED}.` };
  const { declared, kind } = kindOf(source, width);
  const odd = centres!.odd || widths!.odd || kind !== declared;
  return {
    window: windowFunction(kind, centre, width),
    ...(odd && {
      note: `The image’s window does not follow the standard; it was read as centre ${centre}, width ${width}, ${kind.toLowerCase().replace('_', ' ')}.`,
    }),
  };
}

/** Every window of a header that has a centre, and a width above 0. */
export function windowsIn(source: DataSet): Window[] {
  const centres = readNumbers(source, 'x00281050')?.values ?? [];
  const widths = readNumbers(source, 'x00281051')?.values ?? [];
  const explained = source.elements.x00281055;
  const names = explained ? valueOf(source, explained, 'LO').split('\\') : [];
  return centres.flatMap((centre, index) => {
    const [width, name] = [widths[index] ?? 0, names[index] ?? ''];
    return width > 0 ? [{ centre, width, kind: kindOf(source, width).kind, ...(name && { name }) }] : [];
  });
}

function kindOf(source: DataSet, width: number): { declared: string; kind: Window['kind'] } {
  const declared = (source.string('x00281056') ?? '').replaceAll('\0', '').trim().toUpperCase() || 'LINEAR';
  const known = KINDS.find((kind) => kind === declared) ?? 'LINEAR';
  // Of values in fractions: the formula for whole numbers has no meaning below a width of 1.
  return { declared, kind: known === 'LINEAR' && width < 1 ? 'LINEAR_EXACT' : known };
}

/** PS3.3, C.11.2.1.2 and C.11.2.1.3, for levels from 0 to 255. Levels outside are left to be clamped. */
export function windowFunction(kind: string, centre: number, width: number): GreyFunction {
  if (kind === 'SIGMOID') return (value) => 255 / (1 + Math.exp((-4 * (value - centre)) / width));
  if (kind === 'LINEAR_EXACT') return (value) => ((value - centre) / width + 0.5) * 255;
  if (width <= 1) return (value) => (value <= centre - 0.5 ? 0 : 255);
  return (value) => ((value - (centre - 0.5)) / (width - 1) + 0.5) * 255;
}
