"""Opens what `writeExports.ts` wrote with real Keras, and compares with what Cutpoint computes.

    node test/golden/writeExports.ts FOLDER && python test/golden/loadKeras.py FOLDER

Keras 3.15.1 on TensorFlow 2.21. `.keras` and `.h5` are opened with load_model; the weights of the `.h5` are also put into
a model of the `.keras` whose own were set to zero, with load_weights. Largest difference of a probability: 1e-4.
"""

import json
import pathlib
import sys

import keras
import numpy as np

TOLERANCE = 1e-4
folder = pathlib.Path(sys.argv[1])
golden = json.loads((folder / 'cases.json').read_text())
shape = (golden['images'], golden['height'], golden['width'], 3)
images = np.fromfile(folder / 'images.bin', np.uint8).reshape(shape).astype(np.float32)

worst = 0.0
for case in golden['cases']:
    expected = np.array(case['expected']).reshape(len(images), -1)
    archive = keras.models.load_model(folder / f"{case['network']}.keras")
    older = keras.models.load_model(folder / f"{case['network']}.h5", compile=False)
    figures = [np.abs(model.predict(images, verbose=0) - expected).max() for model in (archive, older)]
    archive.set_weights([np.zeros_like(weights) for weights in archive.get_weights()])
    archive.load_weights(folder / f"{case['network']}.h5")
    figures.append(np.abs(archive.predict(images, verbose=0) - expected).max())
    worst = max(worst, *figures)
    print(f"{case['network']} {case['cut']} ({case['pooling']}): " + ', '.join(f'{figure:.1e}' for figure in figures))
print(f'largest difference {worst:.1e}')
assert worst <= TOLERANCE
