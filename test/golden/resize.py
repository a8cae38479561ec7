"""Writes test/golden/resize.json: pictures in the network's square, by Pillow, which follows what model cards say: the recipe
is prepare.py, word for word what a card of 64 pixels shows (test/engine/export/card.test.ts).

Usage, in an environment with numpy and pillow:  resize.py
Made with pillow 13.0.0; 11.3.0 gives the same.

Pictures follow from formulas (zoo.py): `noise` is every byte by itself, `blocks` repeats a byte over 8 × 8 pixels, `hard`
is black or white. Of each result: the SHA-256 of its bytes, which must be met to the bit, and some of them to see by.
"""
import hashlib
import io
import json
import os
import numpy as np
from PIL import Image
from zoo import hashes

FOLDER = os.path.dirname(os.path.abspath(__file__))
RECIPE = open(os.path.join(FOLDER, "prepare.py")).read()
PLACES = "    side = max(width, height)\n    w, h = (max(1, (2 * length * size + side) // (2 * side)) for length in (width, height))\n"
FITS = {
    "letterbox": RECIPE,
    "crop": RECIPE.replace("side = max(", "side = min("),
    "stretch": RECIPE.replace(PLACES, "    w, h = size, size\n"),
}
SIZES = [(64, 64), (400, 211), (97, 300), (1024, 1), (1, 77), (1, 1), (60, 37), (5, 3), (33, 64), (128, 128), (131, 129), (501, 389), (260, 260), (1000, 30), (63, 65), (777, 555)]
KINDS = ["noise", "blocks", "hard"]


def picture(kind, width, height):
    if kind == "blocks":
        rows, columns = -(-height // 8), -(-width // 8)
        coarse = (hashes("blocks", rows * columns * 3) >> np.uint32(24)).astype(np.uint8).reshape(rows, columns, 3)
        return coarse.repeat(8, 0).repeat(8, 1)[:height, :width]
    noise = (hashes(kind, width * height * 3) >> np.uint32(24)).astype(np.uint8).reshape(height, width, 3)
    return noise if kind == "noise" else (noise >> 7) * np.uint8(255)


if __name__ == "__main__":
    entries = []
    for i, (width, height) in enumerate(SIZES):
        for j, (fit, recipe) in enumerate(FITS.items()):
            kind = KINDS[(i + j) % len(KINDS)]
            file = io.BytesIO()
            Image.fromarray(picture(kind, width, height)).save(file, "PNG")
            names = {}
            exec(recipe, names)
            square = names["prepare"](names["levels"](file)).tobytes()
            entries.append({"width": width, "height": height, "kind": kind, "fit": fit, "sha256": hashlib.sha256(square).hexdigest(), "values": [square[k * 769] for k in range(15)]})
    open(os.path.join(FOLDER, "resize.json"), "w").write(json.dumps({"size": 64, "pictures": entries}, separators=(",", ":")) + "\n")
