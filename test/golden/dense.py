"""Writes test/golden/dense.json: what the hidden dense layers of torchvision's AlexNet and VGG compute and count.

Usage, in an environment with torch and torchvision: python -P dense.py   (-P: statistics.py beside it is not the library)
Made with torch 2.14.1, torchvision 0.29.1, float32 on a CPU.

`parameters`: trainable ones of torchvision's network up to the ReLU of each hidden dense layer, by the name of the ReLU.
`alexnet`: for one image of 224 pixels (formula, see zoo.py), the outputs of the dense layers behind their ReLU, SAMPLES
values from places spread by STRIDE; and the same of the tensors in its state_dict, whose values follow from those of the
graph's layouts (formula): `classifier.1.weight` reads the last map channel by channel.
"""
import json
import os
import sys
import numpy as np
import torch
import torchvision.models as tv

sys.path.append(os.path.dirname(os.path.abspath(__file__)))
import zoo

TARGET = os.path.join(os.path.dirname(os.path.abspath(__file__)), "dense.json")
SIDE = 224
HIDDEN = {"alexnet": ["classifier.2", "classifier.5"], **{name: ["classifier.1", "classifier.4"] for name in ("vgg16", "vgg19", "vgg16_bn", "vgg19_bn")}}


def samples(value):
    flat = np.asarray(value, np.float64).reshape(-1)
    return [float(f"{flat[i * zoo.STRIDE % flat.size]:.8g}") for i in range(zoo.SAMPLES)]


def counts(name, ends):
    model = getattr(tv, name)()
    features = sum(p.numel() for p in model.features.parameters())
    return {end: features + sum(p.numel() for p in model.classifier[: int(end.split(".")[1]) + 1].parameters()) for end in ends}


def alexnet():
    with torch.device("meta"):
        model = tv.alexnet()
    state = zoo.torch_state(model)
    for module, inputs in [("classifier.1", 6 * 6 * 256), ("classifier.4", 4096)]:
        kernel = zoo.formula(module, "kernel", (inputs, 4096))
        if module == "classifier.1":  # rows of the graph's kernel: row, column, channel of the map
            kernel = kernel.reshape(6, 6, 256, 4096).transpose(2, 0, 1, 3).reshape(inputs, 4096)
        state[f"{module}.weight"] = torch.from_numpy(np.ascontiguousarray(kernel.T))
        state[f"{module}.bias"] = torch.from_numpy(zoo.formula(module, "bias", (4096,)))
    model.load_state_dict(state, strict=False, assign=True)
    values = (zoo.hashes("image/0", SIDE * SIDE * 3) >> np.uint32(24)).astype(np.float32)
    image = (values / np.float32(255) * 2 - 1).reshape(1, SIDE, SIDE, 3)
    with torch.no_grad():
        x = torch.from_numpy(image).permute(0, 3, 1, 2)
        # At the reference input the adaptive pool of torchvision changes nothing, and is kept in here.
        x = torch.flatten(model.avgpool(model.features(x)), 1)
        outputs = {}
        for place, module in enumerate(model.classifier[:6]):
            x = x if isinstance(module, torch.nn.Dropout) else module(x)
            if f"classifier.{place}" in HIDDEN["alexnet"]:
                outputs[f"classifier.{place}"] = {"rms": float(x.square().mean().sqrt()), "values": samples(x.numpy())}
    stored = {name: {"shape": list(state[name].shape), "values": samples(state[name].numpy())} for name in ("classifier.1.weight", "classifier.1.bias", "classifier.4.weight")}
    return {"outputs": outputs, "state": stored}


if __name__ == "__main__":
    golden = {
        "side": SIDE,
        "stride": zoo.STRIDE,
        "tolerance": 1e-4,
        "parameters": {name: counts(name, ends) for name, ends in HIDDEN.items()},
        "alexnet": alexnet(),
    }
    open(TARGET, "w").write(json.dumps(golden, indent=2) + "\n")
