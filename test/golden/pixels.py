"""Samples and what belongs to them of the files in dicom_headers.json that pydicom decodes by itself, for data.pixels.

    pip install pydicom==3.0.2 numpy
    python test/golden/pixels.py > test/golden/data/pixels.json

`sha256` is of the samples of the middle frame, little-endian, colours by pixel and RGB. Left out are palettes, of which
pydicom gives indices and Cutpoint colours, and the headers below, which contradict themselves: the tests of the headers
say what holds there.
"""
import base64, gzip, hashlib, io, json, os, sys
import numpy as np
import pydicom

pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
CONTRADICTORY = {'window: width 0', 'window: width -200', 'high bit 15 of 12 bits', 'frames: not counted'}
here = os.path.dirname(__file__)
cases = json.load(open(os.path.join(here, 'data', 'dicom_headers.json')))['cases']


def numbers(value):
    return [float(v) for v in value] if isinstance(value, pydicom.multival.MultiValue) else [float(value)]


def golden(file):
    ds = pydicom.dcmread(io.BytesIO(file))
    frames = int(ds.get('NumberOfFrames', 1) or 1)
    samples = pydicom.pixels.pixel_array(ds, index=(frames - 1) // 2 if frames > 1 else None, raw=False)
    little = samples.astype(samples.dtype.newbyteorder('<'))
    return {
        'size': [int(ds.Columns), int(ds.Rows)],
        'type': samples.dtype.name,
        'sha256': hashlib.sha256(little.tobytes()).hexdigest(),
        'bitsStored': int(ds.BitsStored) if 'BitsStored' in ds else None,
        'photometric': 'RGB' if ds.SamplesPerPixel == 3 else str(ds.PhotometricInterpretation),
        'slope': float(ds.get('RescaleSlope', 1)),
        'intercept': float(ds.get('RescaleIntercept', 0)),
        'centres': numbers(ds.WindowCenter) if ds.get('WindowCenter') is not None else [],
        'widths': numbers(ds.WindowWidth) if ds.get('WindowWidth') is not None else [],
        'modalityTable': 'ModalityLUTSequence' in ds,
        'voiTable': 'VOILUTSequence' in ds,
    }


out = []
for case in cases:
    if case['name'] in CONTRADICTORY or case['name'].startswith('palette'):
        continue
    try:
        out.append({'name': case['name'], **golden(gzip.decompress(base64.b64decode(case['file'])))})
    except Exception as error:
        print(f"left out: {case['name']}: {type(error).__name__} {error}", file=sys.stderr)
rows = ',\n'.join(json.dumps(case, ensure_ascii=False) for case in out)
print(f'{{"source": "pydicom {pydicom.__version__}, numpy {np.__version__}", "cases": [\n{rows}\n]}}')
