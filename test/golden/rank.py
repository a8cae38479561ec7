"""Rank correlations and their p-values that engine/metrics/rank is held to, by scipy.

- values: spearmanr, kendalltau (b), weightedtau (rank=True, hyperbolic, additive).
- p of Kendall without ties: kendalltau(method='exact').
- p of few values, with ties: permutation_test over all orders, the two-sided one of scipy, twice the smaller tail.
- p of Spearman's rho of ten values: all 3,628,800 orders in numpy.
- p of more values: permutation_test with 400,000 random orders, to be met within `drawnTolerance`.
- intervals: the published formulas, with scipy's normal quantile.

numpy 2.4.6, scipy 1.17.1: python test/golden/rank.py > test/golden/rank.json
"""

import itertools
import json
import math
import sys

import numpy as np
import scipy
from scipy.stats import kendalltau, norm, permutation_test, rankdata, spearmanr, weightedtau

EXACT = math.factorial(8)
DRAWN = 400_000

CASES = [
    ("three values", [1, 2, 3], [2, 1, 3]),
    ("seven without ties", [3, 1, 4, 1.5, 5, 9, 2], [2, 7, 1, 8, 2.8, 1.8, 4]),
    ("eight, ties in the first", [1, 1, 2, 2, 2, 3, 3, 4], [0.3, -1.2, 0.9, 2.5, 1.1, 0.2, 3.4, 2.2]),
    ("eight, ties in both", [1, 1, 2, 2, 2, 3, 3, 4], [1, 1, 1, 5, 2, 2, 5, 7]),
    ("eight in order", [1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6, 7, 8]),
]
TEN = (
    [("ten without ties", [8, 3, 6, 1, 9, 2, 10, 5, 7, 4], [2.1, 1.4, 7.3, 0.2, 3.3, 4.5, 9.1, 0.9, 5.2, 2.6])]
    + [("ten, ties in both", [0, 0, 1, 1, 1, 2, 2, 3, 3, 3], [1.5, 0, 0, 2, 2, 2, 4, 1.5, 3, 7])]
)
# 21 pairs of three targets: distances on six features, of which many are equal, and ones that all differ.
HAMMING = [3, 4, 2, 5, 1, 2, 4, 3, 6, 2, 4, 4, 5, 1, 3, 2, 2, 4, 5, 3, 6]
COSINE = [0.121, 0.082, 0.205, 0.311, 0.054, 0.092, 0.184, 0.143, 0.402, 0.077, 0.235, 0.291, 0.352, 0.045, 0.137, 0.099, 0.066, 0.251, 0.333, 0.172, 0.412]
TRANSFER = [4.2, 3.1, -0.4, 5.6, 0.3, 1.2, -1.8, 2.4, -3.3, 0.9, 6.1, 2.2, -2.9, 0.1, 1.7, 0.6, -0.2, 3.8, 7.4, 1.1, -4.5]
ROUNDED = [round(value / 2) for value in TRANSFER]
LARGE = [("distances with ties", HAMMING, TRANSFER), ("distances without", COSINE, TRANSFER), ("ties in both", HAMMING, ROUNDED)]

VALUES = {
    "spearman": lambda x, y: spearmanr(x, y).statistic,
    "kendall": lambda x, y: kendalltau(x, y).statistic,
    "weightedKendall": lambda x, y: weightedtau(x, y).statistic,
}


def values(x, y):
    return {name: float(of(x, y)) for name, of in VALUES.items()}


def intervals(x, y, confidence):
    n, z = len(x), norm.ppf((1 + confidence) / 2)
    rho, tau = VALUES["spearman"](x, y), VALUES["kendall"](x, y)
    around = lambda r, variance: [float(np.tanh(np.arctanh(r) + sign * z * np.sqrt(variance))) for sign in (-1, 1)]
    return {"spearman": around(rho, (1 + rho**2 / 2) / (n - 3)), "kendall": around(tau, 0.437 / (n - 4))}


def permuted(x, y, of, resamples):
    found = permutation_test((y,), lambda other: of(x, other), permutation_type="pairings", n_resamples=resamples, rng=1)
    return float(found.pvalue)


def ten(x, y):
    """All orders at once, by the sum of products of twice the ranks."""
    a, b = (2 * rankdata(x)).astype(int), (2 * rankdata(y)).astype(int)
    orders = np.array(list(itertools.permutations(range(10))), dtype=np.int8)
    sums = np.zeros(len(orders), dtype=np.int64)
    for at in range(10):
        sums += a[at] * b[orders[:, at]]
    observed = int(a @ b)
    return float(min(1, 2 * min(np.mean(sums <= observed), np.mean(sums >= observed))))


def products(x, y):
    """rho and tau of all pairs are linear in these, which are faster to permute."""
    across = np.sign(np.subtract.outer(x, x))
    rank = rankdata(x)
    return (lambda other: float(rank @ rankdata(other))), (lambda other: float(np.sum(across * np.sign(np.subtract.outer(other, other)))))


def drawn(x, y):
    x, y = np.array(x, float), np.array(y, float)
    rho, tau = products(x, y)
    generator = np.random.default_rng(3)
    found = {}
    for name, of, draws in (("spearman", rho, DRAWN), ("kendall", tau, DRAWN), ("weightedKendall", lambda other: VALUES["weightedKendall"](x, other), 40_000)):
        observed = of(y)
        many = np.array([of(generator.permutation(y)) for _ in range(draws)])
        low, high = np.sum(many <= observed + 1e-12), np.sum(many >= observed - 1e-12)
        found[name] = float(min(1, 2 * (min(low, high) + 1) / (draws + 1)))
    if len(set(x)) == len(x) and len(set(y)) == len(y):
        found["kendall"] = float(kendalltau(x, y, method="exact").pvalue)
    return found


json.dump(
    {
        "source": f"numpy {np.__version__}, scipy {scipy.__version__}: see rank.py",
        "tolerance": 1e-12,
        "drawnTolerance": 0.012,
        "confidence": 0.95,
        "small": [
            {
                **{"name": name, "x": x, "y": y, "value": values(x, y)},
                "p": {key: permuted(x, y, of, EXACT + 1) for key, of in VALUES.items()},
            }
            for name, x, y in CASES
        ],
        "ten": [{"name": name, "x": x, "y": y, "value": values(x, y), "p": ten(x, y)} for name, x, y in TEN],
        "large": [
            {
                **{"name": name, "x": x, "y": y, "value": values(x, y), "p": drawn(x, y)},
                "interval": intervals(x, y, 0.95),
            }
            for name, x, y in LARGE
        ],
    },
    sys.stdout,
    indent=1,
)
print()
