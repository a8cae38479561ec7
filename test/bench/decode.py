"""A plain loop of pydicom and Pillow: the peer of test/bench/decode.ts. Usage: decode.py SIZE FILE…; reads every file, brings it
to SIZE × SIZE pixels, and prints one JSON line for all of them."""
import json, sys, time
import numpy as np
import pydicom
from PIL import Image
from pydicom.pixels import apply_modality_lut, apply_voi_lut

size, paths = int(sys.argv[1]), sys.argv[2:]


def levels(path):
    if not path.endswith('.dcm'):
        return Image.open(path).convert('RGB')
    dataset = pydicom.dcmread(path)
    values = apply_voi_lut(apply_modality_lut(dataset.pixel_array, dataset), dataset)
    low, high = values.min(), values.max()
    scaled = (values - low) * (255 / max(high - low, 1))
    if dataset.PhotometricInterpretation == 'MONOCHROME1':
        scaled = 255 - scaled
    return Image.fromarray(scaled.astype(np.uint8)).convert('RGB')


started, busy = time.perf_counter(), time.process_time()
for path in paths:
    np.asarray(levels(path).resize((size, size), Image.BICUBIC))
print(json.dumps({'seconds': time.perf_counter() - started, 'busy': time.process_time() - busy}))
