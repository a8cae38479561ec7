"""Expected numbers of test/engine/data/hounsfield.test.ts: levels of CT values under the usual windows, by pydicom, and the
middle of values, by numpy. pydicom 3.0.2, numpy 2.4.6. Tolerance of the test: a level, where a half is rounded; the middle exactly.

    python -P test/golden/windows.py > test/golden/windows.json
"""

import json

import numpy as np
import pydicom
from pydicom.dataset import Dataset
from pydicom.pixels import apply_windowing

ROWS, COLUMNS = 48, 40
WINDOWS = {"lung": (-600, 1500), "mediastinum": (50, 350), "bone": (400, 1800), "brain": (40, 80)}

samples = (np.arange(ROWS * COLUMNS, dtype=np.int64) * 7919) % 4001
values = samples.reshape(ROWS, COLUMNS).astype(np.float64) - 1024


def levels(centre: float, width: float) -> list[int]:
    header = Dataset()
    header.PhotometricInterpretation = "MONOCHROME2"
    header.BitsStored, header.BitsAllocated, header.PixelRepresentation = 12, 16, 0
    header.RescaleSlope, header.RescaleIntercept = 1, -1024
    header.WindowCenter, header.WindowWidth = centre, width
    shown = apply_windowing(values, header)
    low, high = -1024.0, 3071.0
    return np.rint((shown - low) / (high - low) * 255).astype(int).ravel()[::7].tolist()


print(
    json.dumps(
        {
            "source": f"pydicom {pydicom.__version__}, numpy {np.__version__}",
            "step": 7,
            "levels": {name: levels(*window) for name, window in WINDOWS.items()},
            "middle": [float(np.quantile(values, share, method="inverted_cdf")) for share in (0.01, 0.99)],
        }
    )
)
