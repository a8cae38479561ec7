"""Writes test/golden/weights.json.gz: names and shapes of the tensors in files of weights, as the libraries write them.

Usage, in an environment with torch, torchvision, timm, efficientnet_pytorch and efficientnet_lite_pytorch, with tensorflow
and keras, or with torch, torchvision and monai:
  weights.py torch
  weights.py keras
  python -P weights.py medical   (-P: statistics.py beside it is not the library)
The cases of the others stay. Made with torch 2.15.0, torchvision 0.29.2, timm 1.0.31, efficientnet_pytorch 0.7.1,
efficientnet_lite_pytorch 0.1.0, keras 3.15.1, monai 1.6.1. No weight is downloaded or computed. A case is {"backbone": the entry of the zoo, "tensors": [[name, shape], ...]}; of HDF5 in the
layout of Keras 3, "keras3": [[path, shape, name of the layer], ...].

TorchXRayVision 1.x and RadImageNet are not installed: their networks are torchvision's, wrapped as in their published code
(torchxrayvision/models.py: `features`, `classifier`, `op_threshs`, one input channel; RadImageNet's pytorch_example.ipynb:
an nn.Sequential of the children of torchvision's network, named `backbone`; of Inception-v3 without its auxiliary
classifier, https://github.com/BMEII-AI/RadImageNet/issues/16).
"""
import gzip
import json
import os
import sys
import tempfile

TARGET = os.path.join(os.path.dirname(os.path.abspath(__file__)), "weights.json.gz")


def of_torch():
    import timm
    import torch
    import torchvision.models as tv
    from torch import nn

    def tensors(module):
        return [[name, list(value.shape)] for name, value in module.state_dict().items()]

    def case(backbone, listed):
        return {"backbone": backbone, "tensors": listed}

    def prefixed(listed, prefix):
        return [[prefix + name, shape] for name, shape in listed]

    cases = {}
    with torch.device("meta"):
        for name in ["resnet18", "resnet34", "resnet50", "resnet101", "resnext50_32x4d", "densenet121", "densenet169",
                     "densenet201", "efficientnet_b0", "efficientnet_b1", "efficientnet_b2", "efficientnet_b3", "vgg16",
                     "vgg16_bn", "vgg19", "vgg19_bn", "alexnet", "mobilenet_v2", "mobilenet_v3_small",
                     "mobilenet_v3_large", "convnext_tiny"]:
            cases[f"torchvision {name}"] = case(name, tensors(getattr(tv, name)()))
        cases["torchvision inception_v3"] = case("inception_v3", tensors(tv.inception_v3(init_weights=False)))
        # nn.DataParallel puts `module.` before every name; it cannot be made of a module without storage.
        cases["DataParallel resnet34"] = case("resnet34", prefixed(tensors(tv.resnet34()), "module."))
        lightning = prefixed(tensors(tv.resnet50(num_classes=3)), "state_dict.model.")
        lightning += [[f"optimizer_states.0.state.{i}.exp_avg", shape] for i, (_, shape) in enumerate(lightning[:4])]
        cases["Lightning resnet50"] = case("resnet50", lightning)
        xrv = tv.densenet121(num_classes=18)
        xrv.features.conv0 = nn.Conv2d(1, 64, 7, stride=2, padding=3, bias=False)
        cases["TorchXRayVision densenet121"] = case("densenet121", tensors(xrv) + [["op_threshs", [18]]])
        rin = nn.Module()
        rin.backbone = nn.Sequential(*list(tv.resnet50().children())[:9])
        cases["RadImageNet resnet50"] = case("resnet50", tensors(rin))
        rin = nn.Module()
        rin.backbone = nn.Sequential(*list(tv.densenet121().children())[:-1])
        cases["RadImageNet densenet121"] = case("densenet121", tensors(rin))
        # CheXNet's checkpoints are of torch 0.3, which put a dot before the numbers in a dense layer.
        import re
        chexnet = [[re.sub(r"(norm|conv)([12])\.", r"\1.\2.", name), shape] if "denselayer" in name else [name, shape]
                   for name, shape in tensors(tv.densenet121(num_classes=14)) if "num_batches" not in name]
        chexnet = [[name.replace("classifier.", "classifier.0."), shape] for name, shape in chexnet]
        cases["CheXNet densenet121"] = case("densenet121", prefixed(chexnet, "state_dict.module.densenet121."))
        cases["features alone, vgg16"] = case("vgg16", tensors(tv.vgg16().features))
        for name, backbone in [("resnet50", "resnet50"), ("densenet121", "densenet121"), ("vgg16_bn", "vgg16_bn")]:
            cases[f"timm {name}"] = case(backbone, tensors(timm.create_model(name)))
        from efficientnet_lite_pytorch import EfficientNet as Lite
        from efficientnet_pytorch import EfficientNet
        for number in range(5):
            cases[f"efficientnet_lite_pytorch lite{number}"] = case(f"efficientnet_lite{number}", tensors(Lite.from_name(f"efficientnet-lite{number}")))
        # It holds all that Lite0 does, under the same names, and squeezes and excites besides.
        cases["efficientnet_pytorch b0"] = case(None, tensors(EfficientNet.from_name("efficientnet-b0")))
        for name in ["vit_base_patch16_224", "swin_tiny_patch4_window7_224", "regnety_016"]:
            cases[f"timm {name}"] = case(None, tensors(timm.create_model(name)))
        for name in ["resnet152", "wide_resnet50_2", "vit_b_16", "shufflenet_v2_x1_0"]:
            cases[f"torchvision {name}"] = case(None, tensors(getattr(tv, name)()))
        cases["timm seresnet50"] = case(None, tensors(timm.create_model("seresnet50")))
    return cases


def of_medical():
    import torch
    import torchvision.models as tv
    from monai.networks import nets
    from torch import nn

    def case(backbone, module, prefix=""):
        return {"backbone": backbone, "tensors": [[prefix + n, list(v.shape)] for n, v in module.state_dict().items()]}

    cases = {}
    for name, channels in [("densenet121", 1), ("densenet169", 3), ("densenet201", 3)]:
        build = getattr(nets, name.replace("densenet", "DenseNet"))
        cases[f"MONAI {name}"] = case(name, build(spatial_dims=2, in_channels=channels, out_channels=2))
    wide = nets.DenseNet121(spatial_dims=3, in_channels=1, out_channels=2)
    cases["MONAI densenet121 of three dimensions"] = case(None, wide)
    for auxiliary in (False, True):
        rin = nn.Module()
        children = list(tv.inception_v3(init_weights=False, aux_logits=auxiliary).children())
        rin.backbone = nn.Sequential(*children[:-1])
        name = "RadImageNet inception_v3" + (" with its auxiliary classifier" if auxiliary else "")
        cases[name] = case("inception_v3", rin)
    return cases


def of_keras():
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    import h5py
    import keras

    def listed(path):
        found = []

        def visit(name, item):
            if isinstance(item, h5py.Dataset):
                layer = item.parent.attrs.get("name")
                found.append([name, list(item.shape)] + ([str(layer)] if layer is not None else []))

        with h5py.File(path) as file:
            (file["model_weights"] if "model_weights" in file else file).visititems(visit)
        return found

    def saved(model, extension):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "model" + extension)
            model.save_weights(path) if extension == ".weights.h5" else model.save(path)
            return listed(path)

    cases = {}
    for backbone, build in {
        "mobilenet_v2_keras": lambda **more: keras.applications.MobileNetV2(**more),
        "mobilenet_v2_050_keras": lambda **more: keras.applications.MobileNetV2(alpha=0.5, **more),
        "mobilenet_v3_small_keras": keras.applications.MobileNetV3Small,
        "mobilenet_v3_large_keras": keras.applications.MobileNetV3Large,
        "efficientnet_b0_keras": keras.applications.EfficientNetB0,
        "efficientnet_b1_keras": keras.applications.EfficientNetB1,
        "efficientnet_b2_keras": keras.applications.EfficientNetB2,
        "efficientnet_b3_keras": keras.applications.EfficientNetB3,
        "convnext_tiny_keras": keras.applications.ConvNeXtTiny,
        "resnet50_keras": keras.applications.ResNet50,
        "resnet101_keras": keras.applications.ResNet101,
        "vgg16_keras": lambda **more: keras.applications.VGG16(include_top=False, **more),
        "vgg19_keras": lambda **more: keras.applications.VGG19(include_top=False, **more),
        "densenet121_keras": keras.applications.DenseNet121,
        "densenet169_keras": keras.applications.DenseNet169,
        "densenet201_keras": keras.applications.DenseNet201,
        "inception_v3_keras": keras.applications.InceptionV3,
    }.items():
        keras.backend.clear_session()
        model = build(weights=None)
        cases[f"Keras 3 {backbone}"] = {"backbone": backbone, "keras3": saved(model, ".weights.h5")}
        if backbone in ("mobilenet_v2_keras", "convnext_tiny_keras"):
            cases[f"Keras {backbone}"] = {"backbone": backbone, "tensors": saved(model, ".h5")}
    keras.backend.clear_session()
    for name in ("ResNet50", "InceptionV3"):
        # A second network of the process: the numbers in the names of its layers go on from the first one's.
        base = getattr(keras.applications, name)(weights=None, include_top=False, input_shape=(224, 224, 3))
        image = keras.Input((224, 224, 3))
        features = keras.layers.GlobalAveragePooling2D()(base(image))
        model = keras.Model(image, keras.layers.Dense(2)(keras.layers.Dropout(0.5)(features)))
        backbone = {"ResNet50": "resnet50_keras", "InceptionV3": "inception_v3_keras"}[name]
        cases[f"Keras nested {backbone}"] = {"backbone": backbone, "tensors": saved(model, ".h5")}
        x = keras.layers.GlobalAveragePooling2D()(base.output)
        flat = keras.Model(base.input, keras.layers.Dense(2, name="finding")(x))
        cases[f"Keras with a head of its own {backbone}"] = {"backbone": backbone, "tensors": saved(flat, ".h5")}
        keras.applications.InceptionV3(weights=None, include_top=False)
    return cases


if __name__ == "__main__":
    library = sys.argv[1]
    cases = {}
    if os.path.exists(TARGET):
        with gzip.open(TARGET, "rt") as file:
            cases = json.load(file)
    made = {"torch": of_torch, "keras": of_keras, "medical": of_medical}[library]()
    of = lambda name: "keras" if name.startswith("Keras") else "medical" if "MONAI" in name or "inception" in name and "Rad" in name else "torch"
    cases = {name: case for name, case in cases.items() if of(name) != library} | made
    with open(TARGET, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as file:
        file.write(json.dumps(cases, separators=(",", ":"), sort_keys=True).encode())
