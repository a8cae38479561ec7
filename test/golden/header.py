"""Elements of the DICOM fixtures as pydicom reads them, and the pages of the TIFF fixture as Pillow does.

    pip install pydicom==3.0.2 numpy pillow
    python test/golden/header.py > test/golden/data/header.json
"""
import hashlib, json, pathlib
import numpy as np, pydicom
from PIL import Image

fixtures = pathlib.Path(__file__).parent.parent / 'fixtures'
files = {}
for path in sorted((fixtures / 'dicom').glob('*.dcm')):
    ds = pydicom.dcmread(path, force=True)
    rows = []
    def walk(data, depth):
        for e in data:
            value = None if e.VR in ('SQ', 'OB', 'OW', 'UN') else '\\'.join(str(v) for v in (e.value if e.VM > 1 else [e.value]))
            rows.append([f'{e.tag.group:04x},{e.tag.element:04x}', e.keyword, e.VR, depth, value])
            if e.VR == 'SQ':
                for item in e.value:
                    walk(item, depth + 1)
    walk(ds.file_meta, 0)
    walk(ds, 0)
    files[path.name] = rows
pages = []
image = Image.open(fixtures / 'images' / 'pages.tif')
for page in range(image.n_frames):
    image.seek(page)
    pages.append(hashlib.sha256(np.asarray(image).tobytes()).hexdigest())
print(json.dumps({'source': f'pydicom {pydicom.__version__}, Pillow {Image.__version__ if hasattr(Image, "__version__") else ""}'.strip(), 'files': files, 'pages': pages}))
