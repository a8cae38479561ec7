"""Writes test/golden/zoo.json: what the networks of the zoo compute, and what they count, according to the libraries that
published them. Only outputs are stored; weights and image follow from formulas (test/engine/export/formula.ts).

Usage, in an environment with torch and torchvision, with torch and efficientnet_lite_pytorch, or with tensorflow and keras:
  zoo.py torchvision [NAME ...]
  zoo.py lite [NAME ...]
  zoo.py keras [NAME ...]
Entries that are named (default: all of the library) are written anew, the others stay.
Made with torch 2.15.0, torchvision 0.29.2, efficientnet_lite_pytorch 0.1.0 on torch 2.14.1, keras 3.15.1 on tensorflow
2.21.0, float32 on a CPU.

Of each entry: `classifier` (the tensors of a published file that are its classifier's), `parameters` and `macs` of the whole published network (multiply-accumulates of convolutions and dense
layers at the reference input), `preprocessed` (what PIXEL becomes for the published weights), and, for one image of
IMAGE pixels scaled to [-1, 1], the outputs of nodes (NHWC) by SAMPLES values, value i at place (i * STRIDE) % size.
"""
import json
import os
import re
import sys
import numpy as np

TARGET = os.path.join(os.path.dirname(os.path.abspath(__file__)), "zoo.json")
IMAGE = (79, 97)
PIXEL = [10, 100, 250]
SAMPLES, STRIDE = 24, 7919

# ------------------------------------------------------------------------------------------------ formulas


def hashes(key, count):
    seed = 0x811C9DC5
    for byte in key.encode():
        seed = ((seed ^ byte) * 0x01000193) & 0xFFFFFFFF
    x = np.uint32(seed) + np.arange(count, dtype=np.uint32)
    x = (x ^ (x >> np.uint32(16))) * np.uint32(0x7FEB352D)
    x = (x ^ (x >> np.uint32(15))) * np.uint32(0x846CA68B)
    return x ^ (x >> np.uint32(16))


def kernel_scale(shape):
    depthwise = len(shape) == 4 and shape[3] == 1
    fan_in = shape[0] * shape[1] if depthwise else np.prod(shape) / shape[-1]
    return np.sqrt((6 if len(shape) == 2 else 24) / fan_in)


def formula(node, role, shape):
    """The value of a parameter in the layouts of the graph: conv [h, w, in / groups, out], dense [in, out]."""
    scale = kernel_scale(shape) if role == "kernel" else 0.8 if role == "variance" else 0.4
    centre = {"gamma": 0.7, "variance": 1}.get(role, 0)
    uniform = hashes(f"{node}/{role}", int(np.prod(shape))) / 2**32 - 0.5
    return (centre + scale * uniform).astype(np.float32).reshape(shape)


def image():
    """The only image of formulaImages(1, …), from -1 to 1, [1, h, w, 3]."""
    values = (hashes("image/0", IMAGE[0] * IMAGE[1] * 3) >> np.uint32(24)).astype(np.float32)
    return (values / np.float32(255) * 2 - 1).reshape(1, *IMAGE, 3)


def described(node, value):
    """value: [1, h, w, channels]"""
    flat = np.asarray(value, np.float64).reshape(-1)
    number = lambda x: float(f"{x:.8g}")
    return {
        "node": node,
        "shape": list(value.shape[1:]),
        "mean": number(flat.mean()),
        "rms": number(np.sqrt((flat**2).mean())),
        "largest": number(np.abs(flat).max()),
        "values": [number(flat[i * STRIDE % flat.size]) for i in range(SAMPLES)],
    }


# --------------------------------------------------------------------------------------------- torchvision

# Node of the graph: module of torchvision whose output it is; `relu:` where a functional ReLU follows the module.
TORCHVISION = {
    "resnet18": {"layer1.1": "layer1.1", "layer3.0": "layer3.0", "layer4.1": "layer4.1"},
    "resnet34": {"layer1.1": "layer1.1", "layer3.0": "layer3.0", "layer4.2": "layer4.2"},
    **{name: {"layer1.0": "layer1.0", "layer3.0": "layer3.0", "layer4.2": "layer4.2"} for name in ("resnet50", "resnet101", "resnext50_32x4d")},
    "alexnet": {"features.2": "features.2", "features.7": "features.7", "features.12": "features.12"},
    "vgg16": {"features.1": "features.1", "features.16": "features.16", "features.30": "features.30"},
    "vgg19": {"features.1": "features.1", "features.18": "features.18", "features.36": "features.36"},
    "vgg16_bn": {"features.2": "features.2", "features.23": "features.23", "features.43": "features.43"},
    "vgg19_bn": {"features.2": "features.2", "features.26": "features.26", "features.52": "features.52"},
    **{
        name: {
            "features.denseblock1.denselayer6.concat": "features.denseblock1",
            "features.transition2.pool": "features.transition2",
            "features.relu5": "relu:features.norm5",
        }
        for name in ("densenet121", "densenet169", "densenet201")
    },
    "inception_v3": {"Mixed_5b": "Mixed_5b", "Mixed_6b": "Mixed_6b", "Mixed_7c": "Mixed_7c"},
    **{name: {"layer1.relu": "layer1.relu", "layer2.pool": "layer2.pool", "layer4.pool": "layer4.pool"} for name in ("cbr_largew", "cbr_small", "cbr_tiny")},
    "cbr_larget": {"layer1.relu": "layer1.relu", "layer2.pool": "layer2.pool", "layer5.relu": "layer5.relu"},
    "mobilenet_v2": {"features.3": "features.3", "features.7.conv.3": "features.7", "features.18.2": "features.18.2"},
    "mobilenet_v3_small": {"features.1.block.1": "features.1.block.1", "features.5": "features.5", "features.12.2": "features.12.2"},
    "mobilenet_v3_large": {"features.4.block.2": "features.4.block.2", "features.9": "features.9", "features.16.2": "features.16.2"},
    **{
        f"efficientnet_b{number}": {"features.1.0.block.1": "features.1.0.block.1", "features.4.1": "features.4.1", "features.8.2": "features.8.2"}
        for number in range(4)
    },
    "convnext_tiny": {"features.0.1": "features.0.1", "features.3.0": "features.3.0", "features.7.2": "features.7.2"},
}
CLASSIFIER = re.compile(r"^(_fc|fc|classifier|AuxLogits)\b")


def cbr(kernel, widths):
    """Raghu et al. 2019, Transfusion, appendix: convolution, batch norm, ReLU, 3 × 3 / 2 max pool; no code was published."""
    from collections import OrderedDict
    from torch import nn

    layers, inputs = OrderedDict(), 3
    for number, width in enumerate(widths, 1):
        layer = OrderedDict(conv=nn.Conv2d(inputs, width, kernel, padding=kernel // 2, bias=False), bn=nn.BatchNorm2d(width), relu=nn.ReLU())
        if number < 5:
            layer["pool"] = nn.MaxPool2d(3, 2, 1)
        layers[f"layer{number}"] = nn.Sequential(layer)
        inputs = width
    layers.update(avgpool=nn.AdaptiveAvgPool2d(1), flatten=nn.Flatten(), fc=nn.Linear(inputs, 1000))
    return nn.Sequential(layers)


CBR = {
    "cbr_larget": (7, [32, 64, 128, 256, 512]),
    "cbr_largew": (7, [64, 128, 256, 512]),
    "cbr_small": (7, [32, 64, 128, 256]),
    "cbr_tiny": (5, [32, 64, 128, 256]),
}


def torch_macs(model, side):
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    counter = FlopCounterMode(display=False)
    with counter:
        model(torch.empty(1, 3, side, side, device="meta"))
    return counter.get_total_flops() // 2


def torch_state(model):
    """Formula values for every tensor but the classifier's."""
    import torch
    from torch import nn

    def roles(module):
        """Of a module's own tensors: role and layout in the graph."""
        if isinstance(module, nn.Conv2d):
            depthwise = module.groups == module.in_channels == module.out_channels
            return {"weight": ("kernel", (2, 3, 0, 1) if depthwise else (2, 3, 1, 0)), "bias": ("bias", None)}
        if isinstance(module, nn.Linear):
            return {"weight": ("kernel", (1, 0)), "bias": ("bias", None)}
        norm = {"weight": ("gamma", None), "bias": ("beta", None), "running_mean": ("mean", None), "running_var": ("variance", None)}
        return norm if isinstance(module, (nn.BatchNorm2d, nn.LayerNorm)) else {}

    state = {}
    for path, module in model.named_modules():
        if CLASSIFIER.match(path):
            continue
        for own, tensor in {**module._parameters, **module._buffers}.items():
            if tensor is None or own == "num_batches_tracked":
                continue
            key = f"{path}.{own}"
            if own == "layer_scale":  # torchvision's ConvNeXt: a parameter of the block itself, [channels, 1, 1]
                state[key] = torch.from_numpy(formula(key, "gamma", (tensor.shape[0],))).reshape(tensor.shape)
                continue
            role, order = roles(module)[own]
            shape = tuple(tensor.shape)
            value = formula(path, role, tuple(shape[axis] for axis in order) if order else shape)
            state[key] = torch.from_numpy(np.ascontiguousarray(value.transpose(np.argsort(order)) if order else value))
    return state


def torch_classifier(model):
    return sorted(key for key in model.state_dict() if CLASSIFIER.match(key) and not key.endswith("num_batches_tracked"))


def torch_outputs(model, nodes):
    """Of a model without storage: what its modules give with the formula's values."""
    import torch

    state = torch_state(model)
    model.to_empty(device="cpu").load_state_dict(state, strict=False)
    found, modules = {}, dict(model.named_modules())
    for node, path in nodes.items():
        relu = path.startswith("relu:")

        def keep(_module, _inputs, output, node=node, relu=relu):
            found[node] = (output.relu() if relu else output).clone()

        modules[path.removeprefix("relu:")].register_forward_hook(keep)
    with torch.no_grad():
        model(torch.from_numpy(image().transpose(0, 3, 1, 2).copy()))
    return [described(node, found[node].permute(0, 2, 3, 1).numpy()) for node in nodes]


def of_torchvision(name):
    import torch
    import torchvision

    with torch.device("meta"):
        model = cbr(*CBR[name]) if name in CBR else torchvision.models.get_model(name, **({"init_weights": False} if name == "inception_v3" else {}))
    model.eval()
    weights = None if name in CBR else torchvision.models.get_model_weights(name).IMAGENET1K_V1
    side = weights.transforms().crop_size[0] if weights else 224
    macs = torch_macs(model, side)
    parameters = sum(each.numel() for each in model.parameters())
    outputs = torch_outputs(model, TORCHVISION[name])

    pixel = torch.tensor(PIXEL, dtype=torch.float32).reshape(1, 3, 1, 1) / 255
    if weights:
        preset = weights.transforms()
        pixel = (pixel - torch.tensor(preset.mean).reshape(1, 3, 1, 1)) / torch.tensor(preset.std).reshape(1, 3, 1, 1)
    if name == "inception_v3":
        model.transform_input = True  # as torchvision sets it with pretrained weights
        pixel = model._transform_input(pixel)
    return {
        "source": f"torch {torch.__version__.split('+')[0]}" if name in CBR else f"torchvision {torchvision.__version__.split('+')[0]}",
        "parameters": parameters,
        "macs": macs,
        "classifier": torch_classifier(model),
        **({"preprocessed": [round(float(value), 5) for value in pixel.flatten()]} if weights else {}),
        "outputs": outputs,
    }


# ------------------------------------------------------------------------------- efficientnet_lite_pytorch

# Side of the images, and the last unit of 40 and of 112 channels (or what the scale makes of these).
LITE = {
    "efficientnet_lite0": (224, 4, 10),
    "efficientnet_lite1": (240, 6, 14),
    "efficientnet_lite2": (260, 6, 14),
    "efficientnet_lite3": (280, 6, 16),
    "efficientnet_lite4": (300, 8, 20),
}


def of_lite(name):
    import torch
    from efficientnet_lite_pytorch import EfficientNet

    side, early, late = LITE[name]
    build = lambda size: EfficientNet.from_name(name.replace("_", "-"), image_size=size).eval()
    with torch.device("meta"):
        # The package pads for one size of images: that of the whole network, and that of IMAGE.
        whole, model = build(side), build(IMAGE)
    # The network's own module `_swish` is called for the stem and for the top; what the last call gave is kept.
    nodes = {f"_blocks.{early}": f"_blocks.{early}", f"_blocks.{late}": f"_blocks.{late}", "_bn1._swish": "_swish"}
    return {
        "source": "efficientnet_lite_pytorch 0.1.0",
        "parameters": sum(each.numel() for each in whole.parameters()),
        "macs": torch_macs(whole, side),
        "classifier": torch_classifier(whole),
        # The package states no preprocessing; TensorFlow's does: models/official/efficientnet/lite, MEAN_RGB and STDDEV_RGB.
        "preprocessed": [round((value - 127) / 128, 5) for value in PIXEL],
        "outputs": torch_outputs(model, nodes),
    }


# --------------------------------------------------------------------------------------------------- Keras


def plus_one(layer):
    """Keras numbers unnamed layers from `conv2d`, `conv2d_1`; the published InceptionV3 weights from `conv2d_1`."""
    match = re.fullmatch(r"(conv2d|batch_normalization)(?:_(\d+))?", layer)
    return f"{match[1]}_{int(match[2] or 0) + 1}" if match else layer


def same(name):
    return name


# Constructor and module of keras.applications; node of the graph: layer whose output it is (`input:` whose input, where
# Keras gave no name; `output` that of the model); `rename` from Keras's names of layers to the graph's; `arguments` of
# the constructor; `size` of the whole network's images, where Keras leaves it open; `after`: the layer of the model at
# whose output the graph's input stands (default: its input), because the layers before it preprocess.
RESIDUAL = {"conv2_block1_out": "conv2_block1_out", "conv4_block1_out": "conv4_block1_out", "conv5_block3_out": "conv5_block3_out"}
DENSE = {"conv2_block6_concat": "conv2_block6_concat", "pool3_pool": "pool3_pool", "relu": "relu"}
KERAS = {
    "vgg16_keras": ("VGG16", "vgg16", {"block1_conv1_relu": "block1_conv1", "block3_pool": "block3_pool", "block5_pool": "block5_pool"}),
    "vgg19_keras": ("VGG19", "vgg19", {"block1_conv1_relu": "block1_conv1", "block3_pool": "block3_pool", "block5_pool": "block5_pool"}),
    "resnet50_keras": ("ResNet50", "resnet50", RESIDUAL),
    "resnet101_keras": ("ResNet101", "resnet", RESIDUAL),
    "densenet121_keras": ("DenseNet121", "densenet", DENSE),
    "densenet169_keras": ("DenseNet169", "densenet", DENSE),
    "densenet201_keras": ("DenseNet201", "densenet", DENSE),
    "inception_v3_keras": ("InceptionV3", "inception_v3", {"mixed0": "mixed0", "mixed4": "mixed4", "mixed10": "mixed10"}, {"rename": plus_one}),
    **{
        f"mobilenet_v2{suffix}_keras": (
            "MobileNetV2",
            "mobilenet_v2",
            {"block_2_add": "block_2_add", "block_6_project_BN": "block_6_project_BN", "out_relu": "out_relu"},
            {"arguments": {"alpha": width}},
        )
        for suffix, width in {"": 1.0, "_035": 0.35, "_050": 0.5, "_075": 0.75, "_130": 1.3, "_140": 1.4}.items()
    },
    "mobilenet_v3_small_keras": (
        "MobileNetV3Small",
        "mobilenet_v3",
        {"expanded_conv_squeeze_excite_mul": "expanded_conv_squeeze_excite_mul", "expanded_conv_4_add": "expanded_conv_4_add", "conv_1_activation": "output"},
        {"size": 224, "after": "rescaling"},
    ),
    "mobilenet_v3_large_keras": (
        "MobileNetV3Large",
        "mobilenet_v3",
        {"expanded_conv_3_squeeze_excite_mul": "expanded_conv_3_squeeze_excite_mul", "expanded_conv_8_add": "expanded_conv_8_add", "conv_1_activation": "output"},
        {"size": 224, "after": "rescaling"},
    ),
    **{
        f"efficientnet_b{number}_keras": (
            f"EfficientNetB{number}",
            "efficientnet",
            {"block1a_se_excite": "block1a_se_excite", "block4b_add": "block4b_add", "top_activation": "top_activation"},
            {"after": "rescaling_1"},
        )
        for number in range(4)
    },
    "convnext_tiny_keras": (
        "ConvNeXtTiny",
        "convnext",
        {"convnext_tiny_stem_layernorm": "convnext_tiny_stem", "convnext_tiny_stage_0_block_2_add": "input:convnext_tiny_downsampling_block_0", "convnext_tiny_stage_3_block_2_add": "input:layer_normalization"},
        {"after": "convnext_tiny_prestem_normalization"},
    ),
}


def flat_layers(model):
    return model._flatten_layers(include_self=False, recursive=True)


def efficientnet_as_published(build):
    """EfficientNet with the layers that it has with its ImageNet weights only, and the published mean and "variance" in
    its Normalization (https://github.com/tensorflow/tensorflow/issues/49930), but nothing loaded."""
    from unittest import mock

    def built(**arguments):
        module = "keras.src.applications.efficientnet."
        with mock.patch(module + "file_utils.get_file"), mock.patch(module + "Functional.load_weights"):
            model = build(**{**arguments, "weights": "imagenet"})
        normalization = model.get_layer("normalization")
        normalization.adapt_mean.assign([0.485, 0.456, 0.406])
        normalization.adapt_variance.assign([0.229, 0.224, 0.225])
        normalization.finalize_state()
        return model

    return built


def keras_macs(model):
    total = 0
    for layer in flat_layers(model):
        kind = type(layer).__name__
        if kind not in ("Conv2D", "DepthwiseConv2D", "Dense"):
            continue
        kernel = layer.kernel.shape
        window = kernel[0] * kernel[1] if kind == "DepthwiseConv2D" else np.prod(kernel[:-1])
        total += int(np.prod(layer.output.shape[1:]) * window)
    return total


def of_keras(name):
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import keras

    constructor, module, nodes, *options = KERAS[name]
    options = options[0] if options else {}
    build = getattr(keras.applications, constructor)
    if module == "efficientnet":
        build = efficientnet_as_published(build)
    arguments = options.get("arguments", {})
    keras.backend.clear_session()
    whole = build(weights=None, **({"input_shape": (options["size"], options["size"], 3)} if "size" in options else {}), **arguments)
    parameters, macs = whole.count_params(), keras_macs(whole)
    weights_of = lambda model: {f"{layer.name}/{variable.name}" for layer in model.layers for variable in layer.weights if variable.name != "seed_generator_state"}
    weights = weights_of(whole)
    keras.backend.clear_session()
    model = build(weights=None, include_top=False, input_shape=(*IMAGE, 3), **arguments)
    for layer in flat_layers(model):
        node = options.get("rename", same)(layer.name)
        for variable in layer.variables:
            name = "gamma" if type(layer).__name__ == "LayerScale" else variable.name
            role = {"depthwise_kernel": "kernel", "moving_mean": "mean", "moving_variance": "variance"}.get(name, name)
            if role in ("kernel", "bias", "gamma", "beta", "mean", "variance") and type(layer).__name__ != "Normalization":
                variable.assign(formula(node, role, tuple(variable.shape)))
    start = model.get_layer(options["after"]).output if "after" in options else model.input

    def value_of(layer):
        if layer == "output":
            return model.output
        return model.get_layer(layer.removeprefix("input:")).input if layer.startswith("input:") else model.get_layer(layer).output

    outputs = keras.Model(start, [value_of(layer) for layer in nodes.values()])(image(), training=False)
    preprocess = keras.Model(model.input, start) if "after" in options else getattr(keras.applications, module).preprocess_input
    pixel = np.asarray(preprocess(np.tile(np.array(PIXEL, np.float32), (1, *IMAGE, 1))))[0, 0, 0]
    return {
        "source": f"keras {keras.__version__}",
        "parameters": parameters,
        "macs": macs,
        "classifier": sorted(weights - weights_of(model)),
        "preprocessed": [round(float(value), 5) for value in np.asarray(pixel).flatten()],
        "outputs": [described(node, np.asarray(value)) for node, value in zip(nodes, outputs)],
    }


# ---------------------------------------------------------------------------------------------------- file

if __name__ == "__main__":
    library, *names = sys.argv[1:]
    table, make = {"torchvision": (TORCHVISION, of_torchvision), "lite": (LITE, of_lite), "keras": (KERAS, of_keras)}[library]
    golden = json.load(open(TARGET)) if os.path.exists(TARGET) else {"entries": {}}
    golden.update(image=IMAGE, pixel=PIXEL, stride=STRIDE, tolerance=1e-4)
    for name in names or table:
        print(name, end=" ", flush=True)
        golden["entries"][name] = make(name)
        print([f"{each['rms']:.3g}" for each in golden["entries"][name]["outputs"]])
    golden["entries"] = dict(sorted(golden["entries"].items()))
    text = json.dumps(golden, indent=2)
    text = re.sub(r"\[\s+([-\d.e+,\s]+?)\s+\]", lambda found: "[" + re.sub(r"\s+", " ", found[1]) + "]", text)
    open(TARGET, "w").write(text + "\n")
