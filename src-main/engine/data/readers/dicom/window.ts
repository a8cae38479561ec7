import type { DataSet } from 'dicom-parser';
import type { GreyFunction } from './grey.ts';
import { readNumbers } from './numbers.ts';

const KINDS = ['LINEAR', 'LINEAR_EXACT', 'SIGMOID'];
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
  const declared = (source.string('x00281056') ?? '').replaceAll('\0', '').trim().toUpperCase() || 'LINEAR';
  const known = KINDS.includes(declared) ? declared : 'LINEAR';
  // Of values in fractions: the formula for whole numbers has no meaning below a width of 1.
  const kind = known === 'LINEAR' && width < 1 ? 'LINEAR_EXACT' : known;
  const odd = centres!.odd || widths!.odd || kind !== declared;
  return {
    window: windowFunction(kind, centre, width),
    ...(odd && {
      note: `The image’s window does not follow the standard; it was read as centre ${centre}, width ${width}, ${kind.toLowerCase().replace('_', ' ')}.`,
    }),
  };
}

/** PS3.3, C.11.2.1.2 and C.11.2.1.3, for levels from 0 to 255. Levels outside are left to be clamped. */
export function windowFunction(kind: string, centre: number, width: number): GreyFunction {
  if (kind === 'SIGMOID') return (value) => 255 / (1 + Math.exp((-4 * (value - centre)) / width));
  if (kind === 'LINEAR_EXACT') return (value) => ((value - centre) / width + 0.5) * 255;
  if (width <= 1) return (value) => (value <= centre - 0.5 ? 0 : 255);
  return (value) => ((value - (centre - 0.5)) / (width - 1) + 0.5) * 255;
}
