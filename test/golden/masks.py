"""Agreement of masks that engine/metrics/masks is held to.

- distances: MONAI's compute_average_surface_distance(symmetric=True) and compute_hausdorff_distance(percentile=95), which
  answer in float32, and the same definitions in double precision by scipy: contours by binary_erosion, distances by cKDTree.
- Dice: DeepMind's surface-distance. Its distances are of the lines between pixels, weighted by their lengths, and not of
  pixels: another definition, which on plain shapes is to be met within the diagonal of a pixel (`surface`).
- Jaccard, sensitivity, specificity: scikit-learn's jaccard_score and recall_score of either side.
- intervals: scipy.stats.bootstrap, method "percentile", of the draws of patients that the engine makes.

Masks are drawn by a recipe that is written anew in test/engine/metrics/masks.test.ts; `sum` shows that both drew the same.

monai 1.6.1, surface-distance 0.1, scipy 1.17.1, scikit-learn 1.9.1: python test/golden/masks.py > test/golden/masks.json
"""

import json
import sys
import warnings

import monai
import numpy as np
import scipy
import sklearn
import surface_distance as sd
import torch
from monai.metrics import compute_average_surface_distance, compute_hausdorff_distance
from scipy.ndimage import binary_erosion
from scipy.spatial import cKDTree
from scipy.stats import bootstrap
from sklearn.metrics import jaccard_score, recall_score

from drawn import drawn_weights

warnings.filterwarnings("ignore")
RESAMPLES, SEED, CONFIDENCE = 200, 0, 0.9


def generator(seed):
    state = seed

    def below(n):
        nonlocal state
        state = (state * 1664525 + 1013904223) % 2**32
        return (state >> 16) % n

    return below


def mask(kind, seed, width, height, classes):
    """`blobs`: ten discs, each of a class or a hole (0); `noise`: each pixel by chance; `full`, `empty`; `disc`: one large disc near the middle; `box`: touching all borders but the left."""
    below = generator(seed)
    values = np.zeros((height, width), np.int64)
    if kind == "blobs":
        y, x = np.mgrid[:height, :width]
        for disc in range(10):
            value = 0 if disc % 4 == 3 else 1 + below(classes)
            left, top, radius = below(width), below(height), 2 + below(max(1, min(width, height) // 4))
            values[(x - left) ** 2 + (y - top) ** 2 <= radius**2] = value
    elif kind == "noise":
        for at in range(width * height):
            values.flat[at] = below(classes + 1)
    elif kind == "disc":
        y, x = np.mgrid[:height, :width]
        left, top, radius = width // 2 - 3 + below(7), height // 2 - 3 + below(7), min(width, height) // 3 + below(4)
        values[(x - left) ** 2 + (y - top) ** 2 <= radius**2] = 1
    elif kind == "full":
        values[:] = 1
    elif kind == "box":
        values[:, 3:] = 1
    return values


CASES = [
    dict(name="blobs of three classes", kinds=["blobs", "blobs"], seeds=[1, 2], size=[48, 40], classes=3, spacing=[1, 1]),
    dict(name="blobs, anisotropic", kinds=["blobs", "blobs"], seeds=[3, 4], size=[37, 53], classes=1, spacing=[0.7, 2.5]),
    dict(name="blobs of three classes, anisotropic", kinds=["blobs", "blobs"], seeds=[5, 6], size=[64, 31], classes=3, spacing=[1.8, 0.45]),
    dict(name="discs", kinds=["disc", "disc"], seeds=[31, 32], size=[80, 70], classes=1, spacing=[1, 1]),
    dict(name="discs, anisotropic", kinds=["disc", "disc"], seeds=[33, 34], size=[70, 90], classes=1, spacing=[0.4, 1.3]),
    dict(name="noise", kinds=["noise", "noise"], seeds=[7, 8], size=[20, 23], classes=1, spacing=[1, 1]),
    dict(name="noise of three classes, anisotropic", kinds=["noise", "noise"], seeds=[9, 10], size=[17, 19], classes=3, spacing=[3, 0.2]),
    dict(name="blobs against a box at the borders", kinds=["blobs", "box"], seeds=[11, 12], size=[30, 30], classes=1, spacing=[1, 1]),
    dict(name="blobs against everything", kinds=["blobs", "full"], seeds=[13, 14], size=[26, 33], classes=1, spacing=[0.5, 0.8]),
    dict(name="one row", kinds=["noise", "noise"], seeds=[15, 16], size=[40, 1], classes=1, spacing=[1, 0.3]),
    dict(name="one column", kinds=["noise", "noise"], seeds=[17, 18], size=[1, 40], classes=1, spacing=[0.6, 1]),
    dict(name="one is empty", kinds=["blobs", "empty"], seeds=[19, 20], size=[24, 24], classes=1, spacing=[1, 1]),
    dict(name="both are empty", kinds=["empty", "empty"], seeds=[21, 22], size=[12, 9], classes=1, spacing=[1, 1]),
]


def exact(truth, other, spacing):
    contours = [np.argwhere(binary_erosion(each) ^ each) * np.array(spacing) for each in (truth, other)]
    there, back = (cKDTree(b).query(a)[0] for a, b in (contours, contours[::-1]))
    return [float(np.concatenate([there, back]).mean()), float(max(np.quantile(there, 0.95), np.quantile(back, 0.95)))]


def surface(truth, other, spacing):
    found = sd.compute_surface_distances(truth, other, spacing)
    sides = [(found[f"distances_{a}_to_{b}"], found[f"surfel_areas_{a}"]) for a, b in (("gt", "pred"), ("pred", "gt"))]
    average = sum((far * size).sum() for far, size in sides) / sum(size.sum() for _, size in sides)
    return [float(average), float(sd.compute_robust_hausdorff(found, 95))]


def figures(truth, other, spacing, plain=False):
    tensors = [torch.from_numpy(each[None, None].astype(np.float32)) for each in (other, truth)]
    options = dict(include_background=True, spacing=[float(each) for each in spacing])
    a, b = truth.ravel(), other.ravel()
    both = truth.any() and other.any()
    result = {
        "dice": float(sd.compute_dice_coefficient(truth, other)) if a.any() or b.any() else None,
        "jaccard": float(jaccard_score(a, b)) if a.any() or b.any() else None,
        "sensitivity": float(recall_score(a, b)) if a.any() else None,
        "specificity": float(recall_score(a, b, pos_label=0)) if not a.all() else None,
        "monai": None,
        "exact": None,
        "surface": None,
    }
    if both:
        result["monai"] = [
            compute_average_surface_distance(*tensors, symmetric=True, **options).item(),
            compute_hausdorff_distance(*tensors, percentile=95, **options).item(),
        ]
        result["exact"] = exact(truth, other, spacing)
        result["surface"] = surface(truth, other, spacing) if plain else None
    return result


def case(name, kinds, seeds, size, classes, spacing):
    width, height = size
    truth, other = (mask(kind, seed, width, height, classes) for kind, seed in zip(kinds, seeds))
    order = np.arange(1, width * height + 1)
    return {
        **{"name": name, "kinds": kinds, "seeds": seeds, "size": size, "classes": classes, "spacing": spacing},
        "sum": int((truth.ravel() * order).sum() + (other.ravel() * order).sum() * 2),
        "figures": [figures(truth == value, other == value, spacing, "disc" in kinds) for value in range(1, classes + 1)],
    }


def interval(statistic, weights):
    """Percentiles of draws that are given, by scipy; where one is not defined it is left out."""
    once = np.ones(weights.shape[1])
    values = np.array([statistic(each) for each in weights])
    values = values[~np.isnan(values)]
    earlier = scipy.stats._resampling.BootstrapResult(None, values, None)
    found = bootstrap((np.arange(weights.shape[1]),), lambda at: statistic(once), n_resamples=0, bootstrap_result=earlier, method="percentile", confidence_level=CONFIDENCE, vectorized=False)
    return {"value": float(statistic(once)), "low": float(found.confidence_interval.low), "high": float(found.confidence_interval.high)}


def study(images, patients):
    """Blobs of one class against blobs that begin alike, one image in five empty on both sides."""
    pairs = []
    for image in range(images):
        empty = image % 5 == 4
        pairs.append([mask("empty" if empty else "blobs", seed, 24, 20, 1).astype(bool) for seed in (100 + image, 200 + image)])
    groups = np.array([image % patients for image in range(images)])
    weights = np.array(drawn_weights([(None, None, groups)], SEED, RESAMPLES)[1])
    known = [each["dice"] for each in (figures(*pair, [1, 1]) for pair in pairs)]
    dice = np.array([np.nan if each is None else each for each in known])
    there = ~np.isnan(dice)
    both = np.array([(a & b).sum() for a, b in pairs])
    sizes = np.array([a.sum() + b.sum() for a, b in pairs])

    def of_images(w):
        own = w[groups]
        return (own[there] * dice[there]).sum() / own[there].sum() if own[there].sum() > 0 else np.nan

    means = np.array([np.nanmean(dice[groups == patient]) for patient in range(patients)])
    return {
        **{"images": images, "patients": patients, "resamples": RESAMPLES, "seed": SEED, "confidence": CONFIDENCE},
        "dice": {
            "images": interval(of_images, weights),
            "patients": interval(lambda w: (w * means).sum() / w.sum(), weights),
            "pooled": interval(lambda w: 2 * (w[groups] * both).sum() / (w[groups] * sizes).sum(), weights),
        },
    }


document = {
    "source": f"monai {monai.__version__}, surface-distance 0.1, scipy {scipy.__version__}, scikit-learn {sklearn.__version__}",
    "tolerance": 1e-9,
    "singleTolerance": 1e-5,
    "cases": [case(**each) for each in CASES],
    "study": study(17, 6),
}
json.dump(document, sys.stdout, indent=1)
print()
