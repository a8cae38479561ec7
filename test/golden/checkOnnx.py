"""Checks with the official ONNX checker (full: types and shapes too) what Cutpoint writes: every entry of the zoo, and
each variant of a network that has every operation. Prints a line for each file; ends with an error if one is refused.

    python test/golden/checkOnnx.py NODE

NODE is Node 24; the Python needs onnx. Nothing is kept.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import onnx

here = Path(__file__).parent
with tempfile.TemporaryDirectory() as folder:
    exporter = subprocess.Popen(
        [sys.argv[1], str(here / "onnxFiles.ts"), folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    checked = 0
    for line in exporter.stdout:
        path = Path(line.strip())
        onnx.checker.check_model(str(path), full_check=True)
        model = onnx.load(str(path))
        print(f"{path.stem}: opset {model.opset_import[0].version}, {len(model.graph.node)} nodes", flush=True)
        path.unlink()
        checked += 1
        exporter.stdin.write("next\n")
        exporter.stdin.flush()
    if exporter.wait() != 0:
        sys.exit("the exporter failed")
print(f"{checked} files, onnx {onnx.__version__}")
