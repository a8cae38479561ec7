"""Writes test/golden/weight_names.json: names and shapes of the tensors in weight files of libraries whose names are not the
graphs' own. No values.

Usage: weightNames.py timm, with torch and timm; weightNames.py transformers, with torch and transformers; weightNames.py keras2, with tensorflow and tf_keras (Keras 2).
Made with timm 1.0.31 on torch 2.15.0, transformers 5.24.0 on torch 2.14.1, tf_keras 2.21.0 on tensorflow 2.21.0.
"""
import json
import os
import sys
import tempfile

TARGET = os.path.join(os.path.dirname(os.path.abspath(__file__)), "weight_names.json")

# Name in the library: backbone.
TIMM = {
    "mobilenetv2_100": "mobilenet_v2",
    "mobilenetv3_small_100": "mobilenet_v3_small",
    "mobilenetv3_large_100": "mobilenet_v3_large",
    "efficientnet_b0": "efficientnet_b0",
    "convnext_tiny": "convnext_tiny",
    "densenet121": "densenet121",
    "resnet50": "resnet50",
    "vgg16_bn": "vgg16_bn",
    "inception_v3": "inception_v3",
}
KERAS2 = {"MobileNetV3Small": "mobilenet_v3_small_keras", "EfficientNetB0": "efficientnet_b0_keras", "ConvNeXtTiny": "convnext_tiny_keras"}


TRANSFORMERS = {"ResNet18": "resnet18", "ResNet50": "resnet50", "ConvNextTiny": "convnext_tiny"}


def of_transformers(name):
    import torch
    from transformers import ConvNextConfig, ConvNextForImageClassification, ResNetConfig, ResNetForImageClassification

    basic = {"layer_type": "basic", "hidden_sizes": [64, 128, 256, 512], "depths": [2, 2, 2, 2]}
    with torch.device("meta"):
        if name == "ConvNextTiny":
            model = ConvNextForImageClassification(ConvNextConfig(num_labels=2))
        else:
            model = ResNetForImageClassification(ResNetConfig(num_labels=2, **(basic if name == "ResNet18" else {})))
    return {key: list(value.shape) for key, value in model.state_dict().items()}


def of_timm(name):
    import timm
    import torch

    with torch.device("meta"):
        state = timm.create_model(name, pretrained=False).state_dict()
    return {key: list(value.shape) for key, value in state.items()}


def of_keras2(name):
    import h5py
    import tf_keras

    tf_keras.backend.clear_session()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "weights.h5")
        getattr(tf_keras.applications, name)(weights=None).save_weights(path)
        found = {}
        with h5py.File(path) as file:
            file.visititems(lambda key, value: found.update({key: list(value.shape)}) if isinstance(value, h5py.Dataset) else None)
    return found


library = sys.argv[1]
table, read = {"timm": (TIMM, of_timm), "transformers": (TRANSFORMERS, of_transformers), "keras2": (KERAS2, of_keras2)}[library]
golden = json.load(open(TARGET)) if os.path.exists(TARGET) else {}
golden[library] = [{"name": name, "backbone": backbone, "tensors": read(name)} for name, backbone in table.items()]
lines = [f'"{library}": [\n' + ",\n".join(json.dumps(each, separators=(",", ":")) for each in entries) + "\n]" for library, entries in sorted(golden.items())]
open(TARGET, "w").write("{\n" + ",\n".join(lines) + "\n}\n")
