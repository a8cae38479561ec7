"""Analysis of results of several sources that engine/sourceAnalysis is held to, by numpy and scipy.

- means, deviations, largest deviations; transferability (eq. 1 of van den Brandt et al. 2021) taken per fold and averaged.
- intervals and p-values over folds: Nadeau and Bengio 2003, variance (1/J + 1/(k - 1)) s^2, with scipy's Student distribution.
- p-values adjusted by Holm: the running maximum of (m - i + 1) p(i).
- rho and tau of distance and transferability: spearmanr, kendalltau; weightedtau of nearness, with its sign turned.

numpy 2.4.6, scipy 1.17.1: python test/golden/sourceAnalysis.py > test/golden/sourceAnalysis.json
"""

import json
import sys

import numpy as np
import scipy
from scipy.stats import kendalltau, spearmanr, t, weightedtau

TARGETS = ["lesions", "chest", "tissue"]
SOURCES = ["natural", "textures", "chest", "tissue", "cells"]
FOLDS = 5
random = np.random.default_rng(11)

auc = {}
for at, target in enumerate(TARGETS):
    fold = random.normal(0, 0.01, FOLDS)
    for source in [None] + [each for each in SOURCES if each != target]:
        level = 0.8 + 0.04 * at + random.uniform(-0.02, 0.06)
        auc[source, target] = np.round(level + fold + random.normal(0, 0.008, FOLDS), 4)
distances = {(s, g): round(float(random.integers(0, 7)) / 6, 4) for s in SOURCES for g in TARGETS if s != g}
del distances["cells", "chest"]


def over_folds(values):
    n, mean, error = len(values), values.mean(), values.std(ddof=1) * np.sqrt(1 / len(values) + 1 / (FOLDS - 1))
    reach = t.ppf(0.975, n - 1) * error
    return {"value": mean, "low": mean - reach, "high": mean + reach, "p": 2 * t.sf(abs(mean / error), n - 1)}


def holm(ps):
    order, found, largest = np.argsort(ps), np.zeros(len(ps)), 0.0
    for rank, index in enumerate(order):
        largest = max(largest, (len(ps) - rank) * ps[index])
        found[index] = min(1, largest)
    return found


means = [
    {
        **{"source": source, "target": target, **over_folds(values), "deviation": values.std(ddof=1)},
        "maxDeviation": np.abs(values - values.mean()).max(),
    }
    for (source, target), values in auc.items()
]
transfers = [
    {"source": source, "target": target, **over_folds((values - auc[None, target]) / auc[None, target] * 100)}
    for (source, target), values in auc.items()
    if source is not None
]
differences = []
for target in TARGETS:
    names = [source for source in SOURCES if (source, target) in auc] + [None]
    own = [
        {"target": target, "a": a, "b": b, **over_folds(auc[a, target] - auc[b, target])}
        for at, a in enumerate(names)
        for b in names[at + 1 :]
    ]
    for each, adjusted in zip(own, holm([each["p"] for each in own])):
        differences.append({**each, "adjusted": adjusted})
known = [each for each in transfers if (each["source"], each["target"]) in distances]
x = np.array([distances[each["source"], each["target"]] for each in known])
y = np.array([each["value"] for each in known])

json.dump(
    {
        "source": f"numpy {np.__version__}, scipy {scipy.__version__}: see sourceAnalysis.py",
        "tolerance": 1e-9,
        "rows": [
            {"source": source, "target": target, "fold": str(fold + 1), "auc": float(value)}
            for (source, target), values in auc.items()
            for fold, value in enumerate(values)
        ],
        "distances": [{"source": s, "target": g, "distance": value} for (s, g), value in distances.items()],
        "means": means,
        "transfers": transfers,
        "differences": differences,
        "spearman": spearmanr(x, y).statistic,
        "kendall": kendalltau(x, y).statistic,
        "weightedKendall": -weightedtau(-x, y).statistic,
        "pairs": len(known),
    },
    sys.stdout,
    indent=1,
    default=float,
)
print()
