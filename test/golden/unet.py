"""Writes test/golden/unet.json: what the U-Nets of segmentation_models.pytorch count and compute, whole and cut.

Usage: unet.py [NAME ...], with torch and segmentation_models_pytorch; entries that are named are written anew.
Made with segmentation_models_pytorch 0.6.0 on torch 2.14.1 and torchvision 0.29.1, float32 on a CPU.

Weights follow from the formulas of zoo.py by the names that the library gives, as does the image of IMAGE pixels, from -1 to
1. Of each cut, B1 to B3 and full (2 to 5 halvings): `parameters` (those that the mask depends on; for one class), `macs`
(multiply-accumulates of convolutions at SIDE × SIDE), and outputs of nodes as in zoo.py. `all`: the library's count of the
whole network, `unused` among them. A cut is the library's own network of so much `encoder_depth`, with its last decoder
blocks; their numbers are those they have in the whole one. VGG's of less depth would lack the pool of its last block, so
there the library's decoder is put on the encoder up to that pool.

`step`: gradients at one step of unet_resnet18 cut at B2 in training mode, of the mean of logits times noise, for two images of 64 × 64,
in double precision.
"""
import json
import os
import re
import sys

# This folder has a statistics.py, which would stand for Python's own.
sys.path.append(sys.path.pop(0))

import numpy as np
import segmentation_models_pytorch as smp
import torch
from segmentation_models_pytorch.base import SegmentationHead
from segmentation_models_pytorch.decoders.unet.decoder import UnetDecoder
from torch import nn

import zoo

TARGET = os.path.join(os.path.dirname(os.path.abspath(__file__)), "unet.json")
SIDE = 256
CHANNELS = (256, 128, 64, 32, 16)
CUTS = {"B1": 2, "B2": 3, "B3": 4, "full": 5}
ENCODERS = {
    "unet_resnet18": "resnet18",
    "unet_resnet34": "resnet34",
    "unet_resnet50": "resnet50",
    "unet_vgg16": "vgg16",
    "unet_efficientnet_b0": "efficientnet-b0",
    "unet_mobilenet_v2": "mobilenet_v2",
}
zoo.IMAGE = (64, 96)


class CutVgg(nn.Module):
    """VGG-16 up to and with the pool that ends a block, and the decoder of the library on it."""

    POOLS = (4, 9, 16, 23, 30)

    def __init__(self, halvings):
        super().__init__()
        self.encoder = smp.Unet("vgg16", encoder_weights=None).encoder
        self.ends = [pool - 1 for pool in self.POOLS[1:halvings]] + [self.POOLS[halvings - 1]]
        self.encoder.features = self.encoder.features[: self.ends[-1] + 1]
        channels = [3] + [(128, 256, 512, 512)[i] for i in range(halvings - 1)] + [(64, 128, 256, 512, 512)[halvings - 1]]
        self.decoder = UnetDecoder(channels, CHANNELS[5 - halvings :], n_blocks=halvings, add_center_block=True)
        self.segmentation_head = SegmentationHead(CHANNELS[-1], 1)

    def forward(self, image):
        features, x = [image], image
        for number, module in enumerate(self.encoder.features):
            x = module(x)
            if number in self.ends:
                features.append(x)
        return self.segmentation_head(self.decoder(features))


def build(encoder, halvings):
    if encoder == "vgg16" and halvings < 5:
        return CutVgg(halvings)
    return smp.Unet(encoder, encoder_depth=halvings, encoder_weights=None, decoder_channels=CHANNELS[5 - halvings :], classes=1)


class Renumbered:
    """A network cut so short, with the numbers that its decoder blocks have in the whole one."""

    def __init__(self, model, halvings):
        self.model, self.shift = model, 5 - halvings

    def name(self, path, by):
        return re.sub(r"^decoder\.blocks\.(\d)", lambda found: f"decoder.blocks.{int(found[1]) + by}", path)

    def named_modules(self):
        return [(self.name(path, self.shift), module) for path, module in self.model.named_modules()]

    def filled(self):
        state = zoo.torch_state(self)
        missing = self.model.load_state_dict({self.name(key, -self.shift): value for key, value in state.items()}, strict=False)
        assert all(key.endswith("num_batches_tracked") for key in missing.missing_keys) and not missing.unexpected_keys
        return self.model


def counted(model):
    """Parameters that the mask depends on, and multiply-accumulates of their convolutions: at less depth some encoders of the
    library compute more than they hand on. Of a model without storage."""
    macs = {}
    for module in model.modules():
        if isinstance(module, nn.Conv2d):
            module.register_forward_hook(lambda module, _inputs, output: macs.update({module: output.numel() * module.weight[0].numel()}))
    model(torch.empty(1, 3, SIDE, SIDE, device="meta")).sum().backward()
    unused = sorted(name for name, each in model.named_parameters() if each.grad is None)
    parameters = sum(each.numel() for each in model.parameters() if each.grad is not None)
    return parameters, sum(each for module, each in macs.items() if module.weight.grad is not None), unused


def outputs_of(model, halvings):
    found = {}
    nodes = {f"decoder.blocks.{5 - halvings}.conv2.2": model.decoder.blocks[0], "segmentation_head.0": model.segmentation_head}
    for node, module in nodes.items():
        module.register_forward_hook(lambda _module, _inputs, output, node=node: found.update({node: output.detach().clone()}))
    with torch.no_grad():
        model(torch.from_numpy(zoo.image().transpose(0, 3, 1, 2).copy()))
    return [zoo.described(node, found[node].permute(0, 2, 3, 1).numpy()) for node in nodes]


def entry(encoder):
    cuts = {}
    for cut, halvings in CUTS.items():
        with torch.device("meta"):
            parameters, macs, unused = counted(build(encoder, halvings).eval())
        model = Renumbered(build(encoder, halvings).eval(), halvings).filled()
        cuts[cut] = {"parameters": parameters, "macs": macs, "outputs": outputs_of(model, halvings)}
    assert macs == zoo.torch_macs(build(encoder, 5).eval().to("meta"), SIDE)
    return {"all": sum(each.numel() for each in model.parameters()), "unused": unused, "cuts": cuts}


STEP = ("encoder.conv1", "encoder.layer1.1.conv2", "encoder.layer2.0.downsample.0", "decoder.blocks.2.conv1.0", "decoder.blocks.4.conv2.0", "segmentation_head.0")


def step():
    model = Renumbered(build("resnet18", CUTS["B2"]).train(), CUTS["B2"]).filled().double()
    pixels = np.stack([zoo.hashes(f"image/{i}", 64 * 64 * 3) for i in (0, 1)]) >> np.uint32(24)
    images = (pixels.astype(np.float32) / np.float32(255) * 2 - 1).reshape(2, 64, 64, 3).transpose(0, 3, 1, 2)
    noise = (zoo.hashes("noise", 2 * 64 * 64) / 2**32 - 0.5).astype(np.float32).reshape(2, 1, 64, 64)
    loss = (model(torch.from_numpy(images.copy()).double()) * torch.from_numpy(noise)).mean()
    loss.backward()
    modules = dict(Renumbered(model, CUTS["B2"]).named_modules())
    gradients = [zoo.described(name, modules[name].weight.grad.permute(2, 3, 1, 0).numpy()[None]) for name in STEP]
    return {"loss": float(f"{loss.item():.8g}"), "gradients": gradients}


if __name__ == "__main__":
    golden = json.load(open(TARGET)) if os.path.exists(TARGET) else {"entries": {}}
    versions = f"segmentation_models_pytorch {smp.__version__}, torch {torch.__version__.split('+')[0]}"
    golden.update(source=versions, image=zoo.IMAGE, side=SIDE, stride=zoo.STRIDE, tolerance=1e-4)
    for name in sys.argv[1:] or ENCODERS:
        golden["entries"][name] = entry(ENCODERS[name])
        print(name, golden["entries"][name]["all"], [(cut, each["parameters"]) for cut, each in golden["entries"][name]["cuts"].items()])
    golden["step"] = step()
    text = json.dumps(golden, indent=2)
    text = re.sub(r"\[\s+([-\d.e+,\s]+?)\s+\]", lambda found: "[" + re.sub(r"\s+", " ", found[1]) + "]", text)
    open(TARGET, "w").write(text + "\n")
