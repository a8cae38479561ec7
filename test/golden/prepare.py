import numpy as np
from PIL import Image, ImageOps

def levels(file):
    picture = ImageOps.exif_transpose(Image.open(file))
    if picture.mode.startswith(('I', 'F')):  # grey of more than 8 bits
        values = np.asarray(picture, np.float64)
        black, white = values.min(), values.max()
        values = np.clip((values - black) * 255 / max(white - black, 1e-30), 0, 255)
        picture = Image.fromarray(np.rint(values).astype(np.uint8))
    picture = picture.convert('RGBA')
    return Image.alpha_composite(Image.new('RGBA', picture.size, 'black'), picture).convert('RGB')

def prepare(picture, size=64):
    width, height = picture.size
    side = max(width, height)
    w, h = (max(1, (2 * length * size + side) // (2 * side)) for length in (width, height))
    across, down = max(1, width // (2 * w)), max(1, height // (2 * h))
    boxes = picture.reduce((across, down))
    rows = boxes.resize((w, boxes.height), Image.Resampling.BICUBIC, box=(0, 0, width / across, boxes.height))
    whole = rows.resize((w, h), Image.Resampling.BICUBIC, box=(0, 0, w, height / down))
    square = Image.new('RGB', (size, size))
    square.paste(whole, ((size - w) // 2, (size - h) // 2))
    return np.asarray(square)
