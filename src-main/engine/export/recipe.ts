import type { AppliedScale } from '../../contract/greyScale.ts';
import { isHounsfield, isNthWindow, TAIL } from '../../contract/greyScaleKinds.ts';
import type { Fit } from '../../contract/plan.ts';

const PLACES: Readonly<Record<Fit, readonly string[]>> = {
  letterbox: placesBy('max'),
  crop: placesBy('min'),
  stretch: ['    w, h = size, size'],
};

function placesBy(choose: 'max' | 'min'): string[] {
  return [
    `    side = ${choose}(width, height)`,
    '    w, h = (max(1, (2 * length * size + side) // (2 * side)) for length in (width, height))',
  ];
}

/** Of the scale of an image without a window; files of more than 8 bits have 16. */
function ends(scale: AppliedScale): string {
  // A window for CT images, or of several, is none for these files.
  if (scale === 'picture' || isHounsfield(scale) || isNthWindow(scale)) return 'values.min(), values.max()';
  if (scale === 'middle')
    return [TAIL, 1 - TAIL].map((share) => `np.quantile(values, ${share}, method='inverted_cdf')`).join(', ');
  return scale === 'full' ? '0, 65535' : `${scale.black}, ${scale.white}`;
}

/**
 * How an image becomes what the network sees, for whoever has Python with Pillow: `levels` as data/readers read PNG, JPEG and
 * the like, `prepare` to the bit as data/resize. The expected numbers of the tests come from these very lines
 * (test/golden/prepare.py).
 */
export function recipe(size: number, fit: Fit, scale: AppliedScale = 'picture'): string[] {
  return [
    'import numpy as np',
    'from PIL import Image, ImageOps',
    '',
    'def levels(file):',
    '    picture = ImageOps.exif_transpose(Image.open(file))',
    "    if picture.mode.startswith(('I', 'F')):  # grey of more than 8 bits",
    '        values = np.asarray(picture, np.float64)',
    `        black, white = ${ends(scale)}`,
    '        values = np.clip((values - black) * 255 / max(white - black, 1e-30), 0, 255)',
    '        picture = Image.fromarray(np.rint(values).astype(np.uint8))',
    "    picture = picture.convert('RGBA')",
    "    return Image.alpha_composite(Image.new('RGBA', picture.size, 'black'), picture).convert('RGB')",
    '',
    `def prepare(picture, size=${size}):`,
    '    width, height = picture.size',
    ...PLACES[fit],
    '    across, down = max(1, width // (2 * w)), max(1, height // (2 * h))',
    '    boxes = picture.reduce((across, down))',
    '    rows = boxes.resize((w, boxes.height), Image.Resampling.BICUBIC, box=(0, 0, width / across, boxes.height))',
    '    whole = rows.resize((w, h), Image.Resampling.BICUBIC, box=(0, 0, w, height / down))',
    "    square = Image.new('RGB', (size, size))",
    '    square.paste(whole, ((size - w) // 2, (size - h) // 2))',
    '    return np.asarray(square)',
  ];
}
