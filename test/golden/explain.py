"""Writes test/golden/explain.json: class activation maps by PyTorch's own gradients (hooks on torchvision's modules; no
code of Cutpoint's), and the figures by which maps and pictures are compared, by scipy and scikit-image.

Usage, in an environment with torch, torchvision, scipy and scikit-image:  explain.py maps | pictures | figures
Made with torch 2.15.0, torchvision 0.29.2 (maps), torch 2.14.1 (pictures); numpy 2.4.6, scipy 1.17.1, scikit-image 0.26.0 (figures).

Weights and picture follow from formulas (zoo.py); the head is a dense layer `head_dense` of 3 classes on the mean. Maps
hold to 1e-4 of their largest absolute value, figures to 1e-6.
"""
import json
import os
import sys
import numpy as np
from zoo import formula, hashes, image

TARGET = os.path.join(os.path.dirname(os.path.abspath(__file__)), "explain.json")
CLASSES = 3
# Node of the graph: module of torchvision whose output it is.
CUTS = {
    "resnet18": {"layer2.1": "layer2.1", "layer4.1": "layer4.1"},
    "mobilenet_v2": {"features.7.conv.3": "features.7", "features.18.2": "features.18"},
}
rounded = lambda values, digits=7: [float(f"{value:.{digits}g}") for value in np.asarray(values, np.float64).reshape(-1)]


def network(name):
    import torch
    import torchvision
    from torch import nn

    model = torchvision.models.get_model(name).eval()
    with torch.no_grad():
        for path, module in model.named_modules():
            if isinstance(module, nn.Conv2d):
                depthwise = module.groups == module.in_channels == module.out_channels
                order = (2, 3, 0, 1) if depthwise else (2, 3, 1, 0)
                shape = tuple(module.weight.shape[axis] for axis in order)
                module.weight.copy_(torch.from_numpy(formula(path, "kernel", shape).transpose(np.argsort(order)).copy()))
            if isinstance(module, nn.BatchNorm2d):
                for own, role in (("weight", "gamma"), ("bias", "beta"), ("running_mean", "mean"), ("running_var", "variance")):
                    getattr(module, own).copy_(torch.from_numpy(formula(path, role, (module.num_features,))))
        features = (model.fc if name == "resnet18" else model.classifier[1]).in_features
        head = nn.Linear(features, CLASSES)
        head.weight.copy_(torch.from_numpy(formula("head_dense", "kernel", (features, CLASSES)).T.copy()))
        head.bias.copy_(torch.from_numpy(formula("head_dense", "bias", (CLASSES,))))
    if name == "resnet18":
        model.fc = head
    else:
        model.classifier = head
    return model


def maps():
    import torch

    x = torch.from_numpy(image().transpose(0, 3, 1, 2).copy())
    entries = []
    for name, cuts in CUTS.items():
        model = network(name)
        kept = {}
        for path in cuts.values():

            def keep(_module, _inputs, output, path=path):
                # A copy of its own: what follows may be in place.
                output.retain_grad()
                kept[path] = output
                return output.clone()

            model.get_submodule(path).register_forward_hook(keep)
        for target in (0, 2):
            model.zero_grad()
            scores = model(x)[0]
            scores[target].backward()
            for node, path in cuts.items():
                a, g = (t[0].detach().numpy().astype(np.float64) for t in (kept[path], kept[path].grad))
                denominator = 2 * g**2 + a.sum((1, 2), keepdims=True) * g**3
                alpha = np.divide(g**2, denominator, out=np.zeros_like(g), where=denominator != 0)
                found = {
                    "grad-cam": (g.mean((1, 2), keepdims=True) * a).sum(0),
                    "grad-cam++": ((alpha * np.maximum(g, 0)).sum((1, 2), keepdims=True) * a).sum(0),
                    "layer-cam": (np.maximum(g, 0) * a).sum(0),
                }
                for method, values in found.items():
                    entries.append({"network": name, "cut": node, "class": target, "logit": scores[target].item(), "method": method, "shape": list(values.shape), "values": rounded(values, 6)})
    small = torch.from_numpy((hashes("map", 15) / 2**32).astype(np.float32).reshape(1, 1, 3, 5))
    large = torch.nn.functional.interpolate(small, size=(8, 11), mode="bilinear", align_corners=False)
    return {"maps": entries, "resize": {"from": [3, 5], "to": [8, 11], "key": "map", "values": rounded(large)}}


def tiny():
    """A map of two blocks of a random convolutional network: the smallest case, made anew here from module to map."""
    import torch
    from torch import nn

    uniform = lambda key, *shape: torch.from_numpy((hashes(key, int(np.prod(shape))) / 2**32 - 0.5).astype(np.float32).reshape(shape))
    trunk = nn.Sequential(nn.Conv2d(3, 4, 3, stride=2, padding=1), nn.ReLU(), nn.Conv2d(4, 5, 3, stride=2, padding=1))
    head = nn.Linear(5, CLASSES)
    with torch.no_grad():
        for key, own in (("a", trunk[0].weight), ("b", trunk[2].weight), ("c", head.weight)):
            own.copy_(uniform(key, *own.shape))
    held = {}
    trunk.register_forward_hook(lambda _module, _inputs, output: held.update(a=output) or output.retain_grad())
    head(trunk(uniform("picture", 1, 3, 24, 24)).mean((2, 3)))[0, 1].backward()
    a, g = held["a"][0].detach(), held["a"].grad[0]
    values = (g.mean((1, 2), keepdim=True) * a).sum(0).numpy()
    return {"network": "tiny", "cut": "trunk", "class": 1, "method": "grad-cam", "shape": list(values.shape), "values": rounded(values)}


def pictures():
    """Of each method those maps of `maps` that lose most when they are clipped late, and the tiny one, in some pictures."""
    entries = json.load(open(TARGET))["maps"]
    by_loss = sorted(entries, key=lambda entry: -restored(entry, *VIEWS[0])["late"])
    chosen = [next(entry for entry in by_loss if entry["method"] == method) for method in ("grad-cam", "grad-cam++", "layer-cam")]
    return {"restored": [restored(entry, *view) for entry in [*chosen, tiny()] for view in VIEWS]}


# Pictures that maps are brought back to: width, height, side of the network's square, fit.
VIEWS = [(90, 41, 64, "letterbox"), (50, 140, 64, "letterbox"), (33, 20, 64, "letterbox"), (70, 110, 64, "stretch"), (64, 64, 64, "letterbox"), (100, 60, 64, "crop")]


def restored(entry, width, height, size, fit):
    """ReLU of the coarse map, upsampled by PyTorch, and sampled by it at the pixels of the picture (NaN outside the square)."""
    import torch
    from torch.nn import functional as F

    coarse = torch.tensor(entry["values"], dtype=torch.float64).reshape(1, 1, *entry["shape"])
    frame = F.interpolate(F.relu(coarse), size=(size, size), mode="bilinear", align_corners=False)
    side = {"letterbox": max(width, height), "crop": min(width, height)}.get(fit)

    def places(length):
        by = side or length
        whole = max(1, (2 * length * size + by) // (2 * by))
        return (size - whole) // 2 + (torch.arange(length, dtype=torch.float64) + 0.5) * whole / length

    x, y = places(width), places(height)
    grid = torch.stack(torch.meshgrid(y, x, indexing="ij")[::-1], -1)[None] / size * 2 - 1
    found = F.grid_sample(frame, grid, mode="bilinear", padding_mode="border", align_corners=False)[0, 0]
    # Half a pixel of the square may be missing at an edge by rounding; what is farther out is not seen.
    seen = lambda at: (at >= -0.5) & (at <= size + 0.5)
    found[~(seen(y)[:, None] & seen(x)[None])] = torch.nan
    flat = found.reshape(-1)
    late = F.relu(F.interpolate(coarse, size=(size, size), mode="bilinear", align_corners=False)) - frame
    values = [None if torch.isnan(v) else float(f"{v:.6g}") for v in flat[:: max(1, len(flat) // 60)]]
    return {**{key: entry[key] for key in ("network", "cut", "class", "method")}, **({"raw": {"shape": entry["shape"], "values": entry["values"]}} if entry["network"] == "tiny" else {}),
            "view": [width, height, size, fit], "values": values, "largest": float(f"{np.nanmax(flat.numpy()):.6g}"), "late": float(f"{late.abs().max() / max(frame.max(), 1e-30):.3g}")}


def figures():
    from scipy.stats import pearsonr, spearmanr
    from skimage.metrics import structural_similarity

    a = (hashes("a", 49) % np.uint32(20)).astype(np.float64) - 7
    b = a + (hashes("b", 49) % np.uint32(17)).astype(np.float64)
    large = {key: (hashes(key, 24 * 24) / 2**32).astype(np.float64).reshape(24, 24) for key in ("left", "right")}
    mixed = (0.7 * large["left"] + 0.3 * large["right"]).astype(np.float32).astype(np.float64)
    similar = structural_similarity(large["left"].astype(np.float32).astype(np.float64), mixed, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1)

    # A picture of stripes and noise: 64 × 64 × 3 bytes.
    y, x = np.mgrid[:64, :64]
    stripes = 127.5 + 90 * np.sin(2 * np.pi * (5 * x + 3 * y) / 64)
    noise = (hashes("noise", 64 * 64 * 3) >> np.uint32(24)).reshape(64, 64, 3).astype(np.float64)
    picture = np.floor(0.6 * stripes[..., None] + 0.4 * noise)
    grey = picture.mean(2)
    from scipy.ndimage import convolve

    scharr = np.array([[3, 0, -3], [10, 0, -10], [3, 0, -3]])
    gx, gy = convolve(grey, scharr)[1:-1, 1:-1], convolve(grey, scharr.T)[1:-1, 1:-1]
    tensor = np.array([[(gx * gx).sum(), (gx * gy).sum()], [(gx * gy).sum(), (gy * gy).sum()]])
    low, high = np.linalg.eigvalsh(tensor)
    window = np.sin(np.pi * (np.arange(64) + 0.5) / 64) ** 2
    power = np.abs(np.fft.fft2((grey - grey.mean()) * np.outer(window, window))) ** 2
    v, u = np.meshgrid(np.fft.fftfreq(64), np.fft.fftfreq(64), indexing="ij")
    half = ((u > 0) | ((u == 0) & (v > 0))) & (np.hypot(u, v) >= 1 / 32) & (np.hypot(u, v) <= 1 / 4)
    share = power[half] / power[half].sum()
    chroma = ((picture - grey[..., None]) ** 2).sum()
    return {
        "agreement": {
            "pearson": float(pearsonr(a, b).statistic),
            "spearman": float(spearmanr(a, b).statistic),
            "spearmanAbsolute": float(spearmanr(np.abs(a), np.abs(b)).statistic),
            "ssim": float(similar),
        },
        "picture": {
            "coherence": float((high - low) / (high + low)),
            "chroma": float(chroma / (chroma + 3 * ((grey - 127.5) ** 2).sum())),
            "flatness": float(np.exp(np.log(share + 1e-12).mean()) / share.mean()),
            "entropy": float(-(share * np.log(share)).sum() / np.log(len(share))),
        },
    }


if __name__ == "__main__":
    golden = json.load(open(TARGET)) if os.path.exists(TARGET) else {}
    golden.update({"maps": maps, "pictures": pictures, "figures": figures}[sys.argv[1]]())
    open(TARGET, "w").write(json.dumps(golden, separators=(",", ":")) + "\n")
