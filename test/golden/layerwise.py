"""Writes test/golden/layerwise.json: steps of layer-wise fine-tuning as PyTorch does them.

Of resnet18, cut behind layer2.0 with a three-class head, all up to layer1.1 is frozen (in eval mode, without gradients);
layer2.0 is trained at a tenth of the head's rate. Weights and images follow from formulas (test/engine/export/formula.ts);
only losses, statistics and predictions are stored. Made with torch 2.15.0, torchvision 0.29.2, in float64 on a CPU.
"""
import json
import os
import numpy as np
import torch
import torchvision

SIDE, IMAGES, STEPS, RATE = 32, 6, 5, 0.02
LABELS, CLASS_WEIGHTS = [0, 1, 2, 2, 1, 0], [0.5, 1.0, 2.0]
ROLES = {"weight": "gamma", "bias": "beta", "running_mean": "mean", "running_var": "variance"}


def hashes(key, count):
    seed = 0x811C9DC5
    for byte in key.encode():
        seed = ((seed ^ byte) * 0x01000193) & 0xFFFFFFFF
    x = np.uint32(seed) + np.arange(count, dtype=np.uint32)
    x = (x ^ (x >> np.uint32(16))) * np.uint32(0x7FEB352D)
    x = (x ^ (x >> np.uint32(15))) * np.uint32(0x846CA68B)
    return x ^ (x >> np.uint32(16))


def formula(node, role, shape):
    """The value of a parameter in the layouts of the graph: conv [h, w, in, out], dense [in, out]."""
    kernel_scale = np.sqrt((6 if len(shape) == 2 else 24) / (np.prod(shape) / shape[-1]))
    scale = kernel_scale if role == "kernel" else 0.8 if role == "variance" else 0.4
    centre = {"gamma": 0.7, "variance": 1}.get(role, 0)
    uniform = hashes(f"{node}/{role}", int(np.prod(shape))) / 2**32 - 0.5
    return torch.from_numpy((centre + scale * uniform).astype(np.float32).astype(np.float64)).reshape(shape)


def images():
    pictures = []
    for image in range(IMAGES):
        noise = hashes(f"image/{image}", SIDE * SIDE * 3).astype(np.uint64)
        levels = (noise * np.uint64(image + 1) // np.uint64(IMAGES) >> np.uint64(24)).astype(np.float64)
        pictures.append(levels.reshape(SIDE, SIDE, 3) / 255)
    mean, std = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
    return torch.from_numpy((np.stack(pictures) - mean) / std).permute(0, 3, 1, 2)


def fill(module, prefix):
    for name, child in module.named_modules():
        node = f"{prefix}{name}".rstrip(".")
        if isinstance(child, torch.nn.Conv2d):
            o, i, h, w = child.weight.shape
            child.weight.data = formula(node, "kernel", (h, w, i, o)).permute(3, 2, 0, 1)
        elif isinstance(child, torch.nn.BatchNorm2d):
            for key, role in ROLES.items():
                getattr(child, key).data = formula(node, role, (child.num_features,))


net = torchvision.models.resnet18().double()
fill(net, "")
frozen = torch.nn.Sequential(net.conv1, net.bn1, net.relu, net.maxpool, net.layer1).eval().requires_grad_(False)
top = net.layer2[0].train()
head = torch.nn.Linear(128, 3).double()
head.weight.data = formula("head_dense", "kernel", (128, 3)).T.contiguous()
head.bias.data = formula("head_dense", "bias", (3,))
model = lambda x: head(top(frozen(x)).mean((2, 3)))

groups = [{"params": head.parameters(), "lr": RATE}, {"params": top.parameters(), "lr": RATE / 10}]
optimiser = torch.optim.SGD(groups, momentum=0.9)
criterion = torch.nn.CrossEntropyLoss(torch.tensor(CLASS_WEIGHTS).double())
x, losses = images(), []
for _ in range(STEPS):
    optimiser.zero_grad()
    loss = criterion(model(x), torch.tensor(LABELS))
    loss.backward()
    optimiser.step()
    losses.append(loss.item())
top.eval()
with torch.no_grad():
    probabilities = torch.softmax(model(x), 1).flatten().tolist()

result = {
    "source": f"PyTorch {torch.__version__}, torchvision {torchvision.__version__}, float64",
    "labels": LABELS,
    "classWeights": CLASS_WEIGHTS,
    "learningRate": RATE,
    "momentum": 0.9,
    "losses": losses,
    "probabilities": probabilities,
    "mean": {"layer2.0.bn1": top.bn1.running_mean[:6].tolist(), "bn1": net.bn1.running_mean[:6].tolist()},
}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "layerwise.json")
with open(path, "w") as file:
    json.dump(result, file, indent=1)
    file.write("\n")
