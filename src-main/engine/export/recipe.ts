import type { Fit } from '../../contract/run.ts';

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

/**
 * How a picture becomes what the network sees, for who has Python with Pillow: `levels` as data/readers read PNG, JPEG and
 * the like, `prepare` to the bit as data/resize. The expected numbers of the tests come from these very lines
 * (test/golden/prepare.py).
 */
export function recipe(size: number, fit: Fit): string[] {
  return [
    'import numpy as np',
    'from PIL import Image, ImageOps',
    '',
    'def levels(file):',
    '    picture = ImageOps.exif_transpose(Image.open(file))',
    "    if picture.mode.startswith(('I', 'F')):  # grey of more than 8 bits: its darkest to its brightest value",
    '        values = np.asarray(picture, np.float64)',
    '        values = (values - values.min()) * 255 / max(np.ptp(values), 1e-30)',
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
